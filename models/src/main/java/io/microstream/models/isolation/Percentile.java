package io.microstream.models.isolation;

/**
 * Percentiles by linear interpolation between order statistics, NumPy's default.
 *
 * <p>Order statistics are found without sorting, by counting 16 bits of the values at a time from
 * the most significant on: four passes, whatever the values.
 */
final class Percentile {

    private static final int DIGIT = 16;
    private static final int DIGITS = 1 << DIGIT;

    private Percentile() {}

    /** The {@code q}-quantile (0 … 1) of values in any order; at least one, none NaN. */
    static double of(double[] values, double q) {
        double position = q * (values.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, values.length - 1);
        double t = position - below;
        double low = orderStatistic(values, below);
        double high = t == 0 ? low : orderStatistic(values, above);
        double step = high - low;
        return t < 0.5 ? low + step * t : high - step * (1 - t);
    }

    /** The value that would be at {@code rank} if the values were sorted. */
    static double orderStatistic(double[] values, int rank) {
        long prefix = 0;
        long mask = 0;
        int left = rank;
        for (int shift = Long.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
            int[] counts = new int[DIGITS];
            for (double value : values) {
                long key = key(value);
                if ((key & mask) == prefix) {
                    counts[(int) (key >>> shift) & (DIGITS - 1)]++;
                }
            }
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            prefix |= (long) digit << shift;
            mask |= (DIGITS - 1L) << shift;
        }
        return Double.longBitsToDouble(prefix < 0 ? prefix ^ Long.MIN_VALUE : ~prefix);
    }

    /** Bits that are ordered, unsigned, as the values are. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
}
