package io.microstream.models.isolation;

import io.microstream.models.features.FeatureMatrix;
import java.util.List;
import java.util.Random;

/** Clouds of independent normal rows, by seed. */
final class Clouds {

    private Clouds() {}

    /** Returns independent standard normal columns, each times its scale plus its shift. */
    static FeatureMatrix normal(int rows, long seed, double[] scale, double[] shift) {
        Random random = new Random(seed);
        double[] values = new double[rows * scale.length];
        for (int i = 0; i < values.length; i++) {
            int column = i % scale.length;
            values[i] = random.nextGaussian() * scale[column] + shift[column];
        }
        return new FeatureMatrix(
                "cloud seed=" + seed, List.of("a", "b", "c").subList(0, scale.length), values);
    }

    static FeatureMatrix normal(int rows, long seed) {
        return normal(rows, seed, new double[] {1, 1, 1}, new double[] {0, 0, 0});
    }

    static double[] row(FeatureMatrix matrix, int row) {
        double[] x = new double[matrix.columns()];
        System.arraycopy(matrix.values(), row * x.length, x, 0, x.length);
        return x;
    }
}
