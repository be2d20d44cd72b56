package io.microstream.models.hmm;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.inference.OnlineFilter;
import java.util.Arrays;

/**
 * The surprise above which a row counts as unlikely under the regime model, measured on training
 * rows.
 *
 * <p>The surprise of a row is its negative log predictive density −ln p(x_t | x_1..t−1) in nats:
 * high where a value is rare in every state, or common only in a state that was improbable after
 * the rows before. It detects breaks in time; an isolation forest detects single unusual minutes.
 * It has no natural zero (a density of standardised inputs), so it is meaningful only relative to
 * this limit.
 *
 * <p>The threshold is the lowest training surprise that at most {@code share} of the training rows
 * exceed, strictly. The flag rate on training rows is therefore the share by definition: judge it
 * on later rows.
 *
 * @param threshold in nats; a row is surprising iff its surprise is greater
 * @param share of the training rows above it, more than 0 and at most 0.5
 * @param rows it was measured on
 */
public record SurpriseLimit(double threshold, double share, long rows) {

    private static final double MOST = 0.5;

    public SurpriseLimit {
        if (!Double.isFinite(threshold) || !(share > 0 && share <= MOST) || rows < 1) {
            throw new IllegalArgumentException(
                    "Surprise limit: threshold=" + threshold + " share=" + share + " rows=" + rows);
        }
    }

    /**
     * Measures a limit by {@link OnlineFilter}, as the job scores rows, restarted at each sequence.
     *
     * @param model trained on the rows
     * @param rows inputs of the model in its order, in raw units
     * @param lengths rows in each unbroken sequence, in order
     * @param share of the rows that may exceed the limit
     * @throws IllegalArgumentException if rows do not fit the model or the lengths, or more than
     *     that share of them has density 0 under the model
     */
    static SurpriseLimit of(
            GaussianHmmModel model, FeatureMatrix rows, int[] lengths, double share) {
        if (!rows.names().equals(model.inputs()) || Arrays.stream(lengths).sum() != rows.rows()) {
            throw new IllegalArgumentException(
                    "Rows do not fit: inputs="
                            + rows.names()
                            + " model="
                            + model.inputs()
                            + " rows="
                            + rows.rows()
                            + " in sequences="
                            + Arrays.stream(lengths).sum());
        }
        if (!(share > 0 && share <= MOST)) {
            throw new IllegalArgumentException("Surprise limit: share=" + share);
        }
        double[] surprises = surprises(model, rows, lengths);
        Arrays.sort(surprises);
        int above = (int) Math.floor(share * surprises.length);
        return new SurpriseLimit(
                surprises[Math.max(0, surprises.length - 1 - above)], share, surprises.length);
    }

    private static double[] surprises(GaussianHmmModel model, FeatureMatrix rows, int[] lengths) {
        OnlineFilter filter = new OnlineFilter(model.parameters());
        double[] values = rows.values();
        double[] x = new double[rows.columns()];
        double[] lnAlpha = new double[filter.states()];
        double[] surprises = new double[rows.rows()];
        int row = 0;
        for (int length : lengths) {
            filter.start(lnAlpha);
            for (int end = row + length; row < end; row++) {
                System.arraycopy(values, row * x.length, x, 0, x.length);
                model.scaling().apply(x, x);
                surprises[row] = filter.step(lnAlpha, x);
            }
        }
        return surprises;
    }
}
