package io.microstream.models.evaluation;

import java.util.Arrays;

/**
 * Mean and standard error of a figure measured several times, for example once with each seed.
 *
 * <p>The standard error is that of the mean, s / √n with s² = Σ (x − mean)² / (n − 1): it measures
 * how much the mean varies with other seeds, not with other data. It is NaN for a single value.
 *
 * @param mean of the values
 * @param standardError of the mean; NaN if there is one value
 * @param least of the values
 * @param greatest of the values
 * @param count how many values
 */
public record MeanAndError(
        double mean, double standardError, double least, double greatest, int count) {

    /**
     * Computes mean and standard error of values.
     *
     * @throws IllegalArgumentException if there are none or one is not finite
     */
    public static MeanAndError of(double... values) {
        if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "Mean needs finite values: values=" + Arrays.toString(values));
        }
        int n = values.length;
        double mean = Arrays.stream(values).sum() / n;
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return new MeanAndError(
                mean,
                n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1) / n),
                Arrays.stream(values).min().getAsDouble(),
                Arrays.stream(values).max().getAsDouble(),
                n);
    }
}
