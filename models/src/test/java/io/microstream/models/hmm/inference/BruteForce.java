package io.microstream.models.hmm.inference;

/** The naive reference: sums over all K^T paths in plain probabilities. */
public final class BruteForce {

    final int states;
    public double likelihood;
    public final double[] gamma;
    public final double[] xi;
    public int[] bestPath;
    public double bestProbability = -1;

    public BruteForce(HmmParameters hmm, double[] rows) {
        states = hmm.states();
        int length = rows.length / hmm.dimension();
        gamma = new double[length * states];
        xi = new double[states * states];
        int[] path = new int[length];
        visit(hmm, rows, path, 0, 1);
        for (int i = 0; i < gamma.length; i++) {
            gamma[i] /= likelihood;
        }
        for (int i = 0; i < xi.length; i++) {
            xi[i] /= likelihood;
        }
    }

    private void visit(HmmParameters hmm, double[] rows, int[] path, int t, double probability) {
        if (t == path.length) {
            count(path, probability);
            return;
        }
        for (int k = 0; k < states; k++) {
            path[t] = k;
            double step = t == 0 ? hmm.start()[k] : hmm.transition()[path[t - 1] * states + k];
            visit(hmm, rows, path, t + 1, probability * step * density(hmm, rows, t, k));
        }
    }

    private void count(int[] path, double probability) {
        likelihood += probability;
        for (int t = 0; t < path.length; t++) {
            gamma[t * states + path[t]] += probability;
            if (t > 0) {
                xi[path[t - 1] * states + path[t]] += probability;
            }
        }
        if (probability > bestProbability) {
            bestProbability = probability;
            bestPath = path.clone();
        }
    }

    /** Returns the density of a row of two values by the textbook formula. */
    private static double density(HmmParameters hmm, double[] rows, int t, int k) {
        double[] c = hmm.covariance(k);
        double determinant = c[0] * c[3] - c[1] * c[2];
        double x = rows[2 * t] - hmm.mean(k, 0);
        double y = rows[2 * t + 1] - hmm.mean(k, 1);
        double distance = (x * x * c[3] - 2 * x * y * c[1] + y * y * c[0]) / determinant;
        return Math.exp(-distance / 2) / (2 * Math.PI * Math.sqrt(determinant));
    }
}
