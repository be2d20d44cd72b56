package io.microstream.models.isolation;

/**
 * Computes percentiles by linear interpolation between order statistics, NumPy's default.
 *
 * <p>An order statistic is found without sorting: values are counted by their most significant 16
 * bits, those that share them with the one looked for are counted by the next 16, and so on.
 */
final class Percentile {

    private static final int DIGIT = 16;
    private static final int DIGITS = 1 << DIGIT;

    private Percentile() {}

    /** Returns the {@code q}-quantile (0 … 1) of values in any order; at least one, none NaN. */
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

    /** Returns the value that would be at {@code rank} if the values were sorted. */
    static double orderStatistic(double[] values, int rank) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(values[i]);
        }
        int count = keys.length;
        int left = rank;
        for (int shift = Long.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
            int[] counts = new int[DIGITS];
            for (int i = 0; i < count; i++) {
                counts[digit(keys[i], shift)]++;
            }
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            count = keep(keys, count, digit, shift);
        }
        return value(keys[0]);
    }

    /** Moves keys of a digit to the front; returns how many there are. */
    private static int keep(long[] keys, int count, int digit, int shift) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            keys[kept] = key;
            kept += digit(key, shift) == digit ? 1 : 0;
        }
        return kept;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (DIGITS - 1);
    }

    /** Returns bits whose unsigned order is that of the values. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    private static double value(long key) {
        return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
    }
}
