package io.microstream.training.evaluation.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The stationary bootstrap of Politis and Romano [1] over the hours of an interval of time.
 *
 * <p>Minutes are far from independent: volatility comes in clusters of hours and days. So hours are
 * drawn in blocks of consecutive hours, of geometric length with a mean of {@value
 * #MEAN_BLOCK_HOURS} hours (a sixth of the interval if that is less), which begin anywhere and wrap
 * around from the end to the start. A replicate is the number of times each hour was drawn; every
 * minute counts as often as its hour. All statistics of one evaluation see the same replicates, so
 * that the interval of a ratio takes the dependence of its parts into account.
 *
 * <p>Intervals are the 2.5th and 97.5th percentile of {@value #REPLICATES} replicates. Clusters
 * longer than a block are not captured, so intervals err on the narrow side.
 *
 * <p>[1] D. N. Politis, J. P. Romano: The Stationary Bootstrap. JASA 89 (1994), 1303–1313.
 */
public final class StationaryBootstrap {

    /** Number of replicates that are drawn. */
    public static final int REPLICATES = 500;

    /** Mean length of a block in hours, on long intervals. */
    public static final int MEAN_BLOCK_HOURS = 120;

    private final int hours;
    private final int meanBlock;
    private final short[][] drawn;

    /**
     * Draws all replicates at once.
     *
     * @param hours number of hours, at least 1
     * @param seed equal seeds draw equal replicates
     */
    public StationaryBootstrap(int hours, long seed) {
        this.hours = hours;
        this.meanBlock = Math.max(1, Math.min(MEAN_BLOCK_HOURS, hours / 6));
        this.drawn = new short[REPLICATES][hours];
        SplittableRandom random = new SplittableRandom(seed);
        for (short[] replicate : drawn) {
            draw(random, replicate);
        }
    }

    private void draw(SplittableRandom random, short[] replicate) {
        int hour = 0;
        for (int i = 0; i < hours; i++) {
            boolean begins = i == 0 || random.nextInt(meanBlock) == 0;
            hour = begins ? random.nextInt(hours) : (hour + 1) % hours;
            replicate[hour]++;
        }
    }

    /** Returns the mean length of a block, in hours. */
    public int meanBlockHours() {
        return meanBlock;
    }

    /** Returns how often each hour was drawn in a replicate; must not be modified. */
    short[] replicate(int index) {
        return drawn[index];
    }

    /**
     * Returns a statistic with its bootstrap interval.
     *
     * @param value of the statistic on the data itself
     * @param statistic of the data with every hour counted as often as it was drawn; replicates for
     *     which it is NaN are left out
     */
    public ConfidenceBounds interval(double value, ToDoubleFunction<short[]> statistic) {
        double[] values = Arrays.stream(drawn).mapToDouble(statistic).toArray();
        return interval(value, values);
    }

    /**
     * Returns the interval that replicates of a value span; unknown if fewer than half of them are
     * known.
     */
    static ConfidenceBounds interval(double value, double[] replicates) {
        double[] known = Arrays.stream(replicates).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (Double.isNaN(value) || known.length < replicates.length / 2) {
            return ConfidenceBounds.unknown(value);
        }
        return new ConfidenceBounds(
                value, Quantiles.ofSorted(known, .025), Quantiles.ofSorted(known, .975));
    }
}
