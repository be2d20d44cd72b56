package io.microstream.models.hmm.inference;

/**
 * Computes exp(x) for x ≤ 0 within 2 units in the last place, equal on every machine: plain double
 * arithmetic and a table of {@link StrictMath}, several times faster than {@link StrictMath#exp}.
 *
 * <p>Idea: with n = round(64 x / ln 2), exp x = 2^⌊n/64⌋ · 2^((n mod 64)/64) · exp r, where |r| ≤
 * ln 2 / 128 leaves five terms of the series. Adding 1.5 · 2^52 does the rounding and leaves n in
 * the low bits.
 *
 * <p>Below {@value #LEAST} the result is 0; NaN gives NaN. Source: P. T. P. Tang, Table-driven
 * implementation of the exponential function, ACM TOMS 15(2), 1989.
 */
final class NegativeExponential {

    static final double LEAST = -708;

    private static final int STEPS = 64;
    private static final double ROUND = 0x1.8p52;
    private static final double STEPS_PER_UNIT = STEPS / StrictMath.log(2);

    /** ln 2 / 64 in two parts; products of the first, of 32 bits, with n are exact. */
    private static final double LN_2_HIGH = 0x1.62e42feep-7;

    private static final double LN_2_LOW = 0x1.a39ef35793c76p-39;

    private static final double[] POWERS = powers();

    private NegativeExponential() {}

    private static double[] powers() {
        double[] table = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = StrictMath.pow(2, i / (double) STEPS);
        }
        return table;
    }

    static double of(double x) {
        if (!(x >= LEAST)) {
            return Double.isNaN(x) ? x : 0;
        }
        double shifted = x * STEPS_PER_UNIT + ROUND;
        long n = Double.doubleToRawLongBits(shifted);
        double whole = shifted - ROUND;
        double r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
        double series = r + r * r * (0.5 + r * (1.0 / 6) + r * r * (1.0 / 24 + r * (1.0 / 120)));
        double power = POWERS[(int) n & (STEPS - 1)];
        double mantissa = power + power * series;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(mantissa) + ((n >> 6) << 52));
    }
}
