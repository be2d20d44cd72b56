package io.microstream.benchmarks.peers;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.isolation.IsolationForest;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** An isolation forest of 100 trees of 256 rows, contamination 1 %. */
final class ForestWork {

    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final double CONTAMINATION = 0.01;

    private final double[] rows;
    private final int inputs;
    private final int threads;
    private final FeatureMatrix table;
    private double[] scores = new double[0];
    private IsolationForestModel model;

    ForestWork(double[] rows, int inputs, int threads) {
        this.rows = rows;
        this.inputs = inputs;
        this.threads = threads;
        table =
                new FeatureMatrix(
                        "simulated",
                        IntStream.range(0, inputs).mapToObj(i -> "input" + i).toList(),
                        rows);
    }

    double fit() {
        model =
                new IsolationForestTrainer(TREES, SAMPLE, CONTAMINATION, 1, threads, 0)
                        .train(table);
        return model.threshold();
    }

    double[] score() {
        scores = model.scores(rows, new double[table.rows()], threads);
        return new double[0];
    }

    void writeScores(Path file) throws IOException {
        Doubles.write(file, scores);
    }

    /** Measures the seconds that scoring one vector takes. */
    double one(int count) {
        double[] x = new double[inputs];
        double sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i % table.rows() * inputs, x, 0, inputs);
            sum += model.score(x);
        }
        double seconds = (System.nanoTime() - start) / 1e9 / count;
        return sum > 0 ? seconds : Double.NaN;
    }

    /** Scores by trees in arrays: nodes of each tree, then feature, right, split, size of all. */
    void foreign(Path trees, Path into) throws IOException {
        double[] values = Doubles.read(trees);
        int[] root = new int[TREES];
        int nodes = 0;
        for (int tree = 0; tree < TREES; tree++) {
            root[tree] = nodes;
            nodes += (int) values[tree];
        }
        double[] split = new double[nodes];
        System.arraycopy(values, TREES + 2 * nodes, split, 0, nodes);
        IsolationForest forest =
                new IsolationForest(
                        SAMPLE,
                        inputs,
                        root,
                        ints(values, TREES, nodes),
                        ints(values, TREES + nodes, nodes),
                        split,
                        ints(values, TREES + 3 * nodes, nodes));
        double[] rounded = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rounded[i] = (float) rows[i];
        }
        Doubles.write(into, forest.scores(rounded, new double[table.rows()], threads));
    }

    private static int[] ints(double[] values, int from, int count) {
        return IntStream.range(from, from + count).map(i -> (int) values[i]).toArray();
    }
}
