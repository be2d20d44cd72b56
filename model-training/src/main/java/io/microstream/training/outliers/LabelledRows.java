package io.microstream.training.outliers;

import io.microstream.models.features.FeatureMatrix;

/**
 * Rows labelled as outliers or not; both classes occur.
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

    /** Returns the name of the set: its file's, without folder and endings. */
    public String name() {
        return name;
    }

    /** Returns the features of all rows, without the label. */
    public FeatureMatrix features() {
        return features;
    }

    /** Returns a copy of the labels: true for an outlier. */
    public boolean[] outlier() {
        return outlier.clone();
    }

    /** Returns the number of rows labelled as outliers. */
    public int outliers() {
        return outliers;
    }
}
