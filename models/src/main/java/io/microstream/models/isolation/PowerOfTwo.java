package io.microstream.models.isolation;

/**
 * Computes 2^y for y ≤ 0 within 2 units in the last place, equal on every machine: plain double
 * arithmetic and a table of {@link StrictMath}. Unlike {@link StrictMath#pow} it allocates nothing.
 *
 * <p>With n = round(64 y), 2^y = 2^⌊n/64⌋ · 2^((n mod 64)/64) · exp(r ln 2), |r| ≤ 1/128. Adding
 * 1.5 · 2^52 does the rounding and leaves n in the low bits. Below {@value #LEAST} the result is 0;
 * NaN gives NaN.
 */
final class PowerOfTwo {

    static final double LEAST = -1020;

    private static final int STEPS = 64;
    private static final double ROUND = 0x1.8p52;
    private static final double LN_2 = StrictMath.log(2);
    private static final double[] POWERS = powers();

    private PowerOfTwo() {}

    private static double[] powers() {
        double[] table = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = StrictMath.pow(2, i / (double) STEPS);
        }
        return table;
    }

    static double of(double y) {
        if (!(y >= LEAST)) {
            return Double.isNaN(y) ? y : 0;
        }
        double shifted = y * STEPS + ROUND;
        long n = Double.doubleToRawLongBits(shifted);
        double r = (y - (shifted - ROUND) / STEPS) * LN_2;
        double series = r + r * r * (0.5 + r * (1.0 / 6) + r * r * (1.0 / 24 + r * (1.0 / 120)));
        double power = POWERS[(int) n & (STEPS - 1)];
        double mantissa = power + power * series;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(mantissa) + ((n >> 6) << 52));
    }
}
