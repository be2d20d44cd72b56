package io.microstream.models.hmm.inference;

/** Sums probabilities that are held as natural logarithms; −∞ is a probability of 0. */
public final class LogSpace {

    private LogSpace() {}

    /** Returns ln Σ exp v over {@code n} values from {@code from} on; −∞ if all of them are. */
    public static double sum(double[] v, int from, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) {
            max = Math.max(max, v[i]);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += NegativeExponential.of(v[i] - max);
        }
        return max + StrictMath.log(sum);
    }

    public static double[] log(double[] probabilities) {
        double[] result = new double[probabilities.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = StrictMath.log(probabilities[i]);
        }
        return result;
    }
}
