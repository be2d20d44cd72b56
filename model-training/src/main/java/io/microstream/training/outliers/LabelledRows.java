package io.microstream.training.outliers;

import io.microstream.models.features.FeatureMatrix;

/**
 * Rows of which it is known whether they are outliers; both classes occur.
 *
 * <p>Columns are named by their position, x0 or x00 and so on, so that their order is the file's.
 */
public final class LabelledRows {

    private final String name;
    private final FeatureMatrix features;
    private final boolean[] outlier;
    private final int outliers;

    LabelledRows(String name, FeatureMatrix features, boolean[] outlier) {
        this.name = name;
        this.features = features;
        this.outlier = outlier;
        int count = 0;
        for (boolean one : outlier) {
            count += one ? 1 : 0;
        }
        this.outliers = count;
    }

    /** Name of the set: its file's without folder and endings. */
    public String name() {
        return name;
    }

    /** The features. */
    public FeatureMatrix features() {
        return features;
    }

    /** The truth of each row, a copy. */
    public boolean[] outlier() {
        return outlier.clone();
    }

    /** How many rows are outliers. */
    public int outliers() {
        return outliers;
    }
}
