package io.microstream.models.hmm.inference;

import java.util.Arrays;

/**
 * The parameters of a hidden Markov model with K states and a normal emission of d values each.
 *
 * <p>Always valid: finite, probabilities ≥ 0, {@code start} and each row of {@code transition} sum
 * to 1 (within 1e-6), covariances symmetric and positive definite. Immutable.
 */
public final class HmmParameters {

    private static final double SUM_TOLERANCE = 1e-6;
    private static final int SQUARINGS = 64;

    private final int states;
    private final int dimension;
    private final double[] start;
    private final double[] transition;
    private final double[] mean;
    private final double[] covariance;

    /**
     * Creates parameters from flat arrays.
     *
     * @param start {@code [state]}
     * @param transition {@code [from][to]}
     * @param mean {@code [state][input]}
     * @param covariance {@code [state][input][input]}
     * @throws IllegalArgumentException unless they are valid
     */
    public HmmParameters(double[] start, double[] transition, double[] mean, double[] covariance) {
        this.states = start.length;
        this.dimension = states == 0 ? 0 : mean.length / states;
        this.start = start.clone();
        this.transition = transition.clone();
        this.mean = mean.clone();
        this.covariance = covariance.clone();
        checkShape();
        checkDistribution("start", this.start, 0);
        for (int i = 0; i < states; i++) {
            checkDistribution("transition", this.transition, i);
            checkEmission(i);
        }
    }

    private void checkShape() {
        boolean fits =
                dimension > 0
                        && transition.length == states * states
                        && mean.length == states * dimension
                        && covariance.length == states * dimension * dimension;
        if (!fits) {
            throw new IllegalArgumentException(
                    "HMM arrays do not fit: start="
                            + start.length
                            + " transition="
                            + transition.length
                            + " mean="
                            + mean.length
                            + " covariance="
                            + covariance.length);
        }
    }

    private void checkDistribution(String name, double[] values, int row) {
        double sum = 0;
        for (int i = row * states; i < (row + 1) * states; i++) {
            sum += values[i] >= 0 ? values[i] : Double.NaN;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "HMM probabilities do not sum to 1: "
                            + name
                            + "="
                            + Arrays.toString(
                                    Arrays.copyOfRange(values, row * states, (row + 1) * states))
                            + " row="
                            + row
                            + " sum="
                            + sum);
        }
    }

    private void checkEmission(int state) {
        double[] own = covariance(state);
        boolean symmetric = true;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < i; j++) {
                double difference = Math.abs(own[i * dimension + j] - own[j * dimension + i]);
                double size = Math.abs(own[i * dimension + i]) + Math.abs(own[j * dimension + j]);
                symmetric &= difference <= 1e-9 * size;
            }
            if (!Double.isFinite(mean[state * dimension + i])) {
                throw new IllegalArgumentException(
                        "HMM mean is not finite: state=" + state + " input=" + i);
            }
        }
        if (!symmetric || !Cholesky.factor(own, 0, dimension, new double[own.length])) {
            throw new IllegalArgumentException(
                    "HMM covariance is not symmetric positive definite: state="
                            + state
                            + " covariance="
                            + Arrays.toString(own));
        }
    }

    /** Returns K, the number of states. */
    public int states() {
        return states;
    }

    /** Returns d, the number of values in a row. */
    public int dimension() {
        return dimension;
    }

    /** Returns a copy of the start probabilities. */
    public double[] start() {
        return start.clone();
    }

    /** Returns a copy of the transition probabilities, {@code [from][to]}. */
    public double[] transition() {
        return transition.clone();
    }

    /** Returns a copy of the means, {@code [state][input]}. */
    public double[] mean() {
        return mean.clone();
    }

    /** Returns a copy of the covariances, {@code [state][input][input]}. */
    public double[] covariance() {
        return covariance.clone();
    }

    /** Returns a copy of one state's covariance, row by row. */
    public double[] covariance(int state) {
        int size = dimension * dimension;
        return Arrays.copyOfRange(covariance, state * size, (state + 1) * size);
    }

    /** Returns the probability of staying in a state for another step. */
    public double selfTransition(int state) {
        return transition[state * states + state];
    }

    /** Returns the mean of an input in a state. */
    public double mean(int state, int input) {
        return mean[state * dimension + input];
    }

    /**
     * Returns the stationary distribution: the left eigenvector of {@code transition} for the
     * eigenvalue 1, by repeated squaring of the lazy chain (A + I) / 2. Where the chain has classes
     * that do not communicate, it is the limit reached from {@code start}.
     */
    public double[] stationary() {
        double[] power = new double[states * states];
        for (int i = 0; i < power.length; i++) {
            power[i] = (transition[i] + (i % (states + 1) == 0 ? 1 : 0)) / 2;
        }
        for (int step = 0; step < SQUARINGS; step++) {
            power = squared(power);
        }
        double[] result = new double[states];
        double sum = 0;
        for (int j = 0; j < states; j++) {
            for (int i = 0; i < states; i++) {
                result[j] += start[i] * power[i * states + j];
            }
            sum += result[j];
        }
        for (int j = 0; j < states; j++) {
            result[j] /= sum;
        }
        return result;
    }

    private double[] squared(double[] m) {
        double[] result = new double[m.length];
        for (int i = 0; i < states; i++) {
            double sum = 0;
            for (int j = 0; j < states; j++) {
                double value = 0;
                for (int k = 0; k < states; k++) {
                    value += m[i * states + k] * m[k * states + j];
                }
                result[i * states + j] = value;
                sum += value;
            }
            for (int j = 0; j < states; j++) {
                result[i * states + j] /= sum;
            }
        }
        return result;
    }

    /**
     * Returns the number of free parameters: start K−1, transitions K(K−1), means Kd, covariances
     * Kd(d+1)/2.
     */
    public int freeParameters() {
        return states
                - 1
                + states * (states - 1)
                + states * dimension
                + states * dimension * (dimension + 1) / 2;
    }

    /** Returns Akaike's information criterion (AIC); lower is better. */
    public double aic(double logLikelihood) {
        return -2 * logLikelihood + 2.0 * freeParameters();
    }

    /** Returns Schwarz's information criterion (BIC) on {@code rows} rows; lower is better. */
    public double bic(double logLikelihood, long rows) {
        return -2 * logLikelihood + freeParameters() * StrictMath.log(rows);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof HmmParameters other
                && Arrays.equals(start, other.start)
                && Arrays.equals(transition, other.transition)
                && Arrays.equals(mean, other.mean)
                && Arrays.equals(covariance, other.covariance);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean) + 31 * Arrays.hashCode(transition);
    }

    @Override
    public String toString() {
        return "HmmParameters[start="
                + Arrays.toString(start)
                + ", transition="
                + Arrays.toString(transition)
                + ", mean="
                + Arrays.toString(mean)
                + ", covariance="
                + Arrays.toString(covariance)
                + "]";
    }
}
