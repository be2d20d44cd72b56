package io.microstream.models.hmm.inference;

/**
 * A normal distribution of d values.
 *
 * @param mean {@code [input]}
 * @param covariance {@code [input][input]}, positive definite
 */
public record NormalDistribution(double[] mean, double[] covariance) {

    /** Returns the emission of a state. */
    public static NormalDistribution of(HmmParameters parameters, int state) {
        double[] mean = new double[parameters.dimension()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = parameters.mean(state, i);
        }
        return new NormalDistribution(mean, parameters.covariance(state));
    }

    /**
     * Returns the normal distribution with the mean and covariance of a mixture; weights sum to 1.
     */
    public static NormalDistribution ofMixture(NormalDistribution[] parts, double[] weights) {
        int d = parts[0].mean.length;
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        for (int k = 0; k < parts.length; k++) {
            for (int i = 0; i < d; i++) {
                mean[i] += weights[k] * parts[k].mean[i];
            }
        }
        for (int k = 0; k < parts.length; k++) {
            for (int i = 0; i < d * d; i++) {
                double between =
                        (parts[k].mean[i / d] - mean[i / d]) * (parts[k].mean[i % d] - mean[i % d]);
                covariance[i] += weights[k] * (parts[k].covariance[i] + between);
            }
        }
        return new NormalDistribution(mean, covariance);
    }

    /**
     * Returns the Bhattacharyya distance: with Σ = (Σ₁ + Σ₂) / 2, ⅛ (μ₁ − μ₂)ᵀ Σ⁻¹ (μ₁ − μ₂) + ½
     * ln(|Σ| / √(|Σ₁| |Σ₂|)); 0 for equal distributions, the same in any linear units. Source: A.
     * Bhattacharyya, Bull. Calcutta Math. Soc. 35, 1943.
     */
    public double distanceTo(NormalDistribution other) {
        int d = mean.length;
        double[] pooled = new double[d * d];
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] = (covariance[i] + other.covariance[i]) / 2;
        }
        double[] factor = factor(pooled);
        double[] z = new double[d];
        double squares = 0;
        for (int i = 0; i < d; i++) {
            z[i] = mean[i] - other.mean[i];
            for (int j = 0; j < i; j++) {
                z[i] -= factor[i * d + j] * z[j];
            }
            z[i] /= factor[i * d + i];
            squares += z[i] * z[i];
        }
        double ln =
                lnRoot(factor)
                        - (lnRoot(factor(covariance)) + lnRoot(factor(other.covariance))) / 2;
        return Math.max(0, squares / 8 + ln);
    }

    private double[] factor(double[] matrix) {
        double[] factor = new double[matrix.length];
        if (!Cholesky.factor(matrix, 0, mean.length, factor)) {
            throw new IllegalArgumentException(
                    "Covariance is not positive definite: first=" + matrix[0]);
        }
        return factor;
    }

    /** Returns ½ ln |A| of A = L Lᵀ, given L. */
    private double lnRoot(double[] factor) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += StrictMath.log(factor[i * mean.length + i]);
        }
        return sum;
    }
}
