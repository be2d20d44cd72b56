package io.microstream.models.hmm.labelling;

import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;

/**
 * Describes the states in data by filtered posteriors, as in the job.
 *
 * @param occupancy share of rows in each state
 * @param mean posterior mean, in each state, of a measure given with the rows, such as the range; 0
 *     for a state that is never entered
 */
public record StateProfile(double[] occupancy, double[] mean) {

    /**
     * Profiles the states on rows; each sequence begins with the stationary distribution.
     *
     * @param measure one value for each row
     */
    public static StateProfile of(HmmParameters parameters, Observations rows, double[] measure) {
        int d = rows.dimension();
        double[] occupancy = new double[parameters.states()];
        double[] mean = new double[parameters.states()];
        double[] lnAlpha = new double[parameters.states()];
        double[] p = new double[parameters.states()];
        double[] x = new double[d];
        OnlineFilter filter = new OnlineFilter(parameters);
        int row = 0;
        for (int length : rows.lengths()) {
            filter.start(lnAlpha);
            for (int end = row + length; row < end; row++) {
                System.arraycopy(rows.values(), row * d, x, 0, d);
                filter.step(lnAlpha, x);
                filter.posterior(lnAlpha, p);
                for (int k = 0; k < p.length; k++) {
                    occupancy[k] += p[k];
                    mean[k] += p[k] * measure[row];
                }
            }
        }
        for (int k = 0; k < p.length; k++) {
            mean[k] = occupancy[k] > 0 ? mean[k] / occupancy[k] : 0;
            occupancy[k] /= rows.rows();
        }
        return new StateProfile(occupancy, mean);
    }
}
