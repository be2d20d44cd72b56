package io.microstream.models.hmm;

import io.microstream.models.hmm.inference.HmmParameters;
import java.util.Arrays;
import java.util.Random;

/** Parameters and rows of hidden Markov models, by seed. */
public final class Hmms {

    private Hmms() {}

    public static HmmParameters random(int states, long seed) {
        Random random = new Random(seed);
        double[] start = probabilities(random, states);
        double[] transition = new double[states * states];
        double[] mean = new double[states * 2];
        double[] covariance = new double[states * 4];
        for (int k = 0; k < states; k++) {
            System.arraycopy(probabilities(random, states), 0, transition, k * states, states);
            mean[2 * k] = 2 * random.nextGaussian();
            mean[2 * k + 1] = 2 * random.nextGaussian();
            double a = 0.3 + random.nextDouble();
            double b = random.nextGaussian() / 2;
            double c = 0.3 + random.nextDouble();
            covariance[4 * k] = a * a;
            covariance[4 * k + 1] = a * b;
            covariance[4 * k + 2] = a * b;
            covariance[4 * k + 3] = b * b + c * c;
        }
        return new HmmParameters(start, transition, mean, covariance);
    }

    private static double[] probabilities(Random random, int n) {
        double[] p = random.doubles(n, 0.05, 1).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    public static double[] rows(int n, long seed) {
        return new Random(seed).doubles(2L * n, -3, 3).toArray();
    }

    /** Reorders the states: state k of the result is state order[k] of the original. */
    public static HmmParameters permuted(HmmParameters hmm, int... order) {
        int n = order.length;
        int d = hmm.dimension();
        double[] start = new double[n];
        double[] transition = new double[n * n];
        double[] mean = new double[n * d];
        double[] covariance = new double[n * d * d];
        for (int k = 0; k < n; k++) {
            start[k] = hmm.start()[order[k]];
            for (int j = 0; j < n; j++) {
                transition[k * n + j] = hmm.transition()[order[k] * n + order[j]];
            }
            System.arraycopy(hmm.mean(), order[k] * d, mean, k * d, d);
            System.arraycopy(hmm.covariance(order[k]), 0, covariance, k * d * d, d * d);
        }
        return new HmmParameters(start, transition, mean, covariance);
    }
}
