package io.microstream.models.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.SharedData;
import io.microstream.models.features.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public outlier sets: the area under the ROC curve, mean of ten seeds, as published. */
class AnomalyBenchmarksTest {

    @ParameterizedTest(name = "{0}: AUC {1} ± {2}")
    @CsvSource({
        "breastw, .9864, .02",
        "ionosphere, .8443, .02",
        "pima, .668, .02",
        "annthyroid, .813, .03",
        "satellite, .717, .03",
        "mammography, .8649, .02",
        "shuttle, .9971, .02"
    })
    void meanAreaUnderTheCurveIsAsPublished(String name, double published, double tolerance)
            throws IOException {
        List<String> lines = lines(name);
        List<String> header = List.of(lines.get(0).split(","));
        int columns = header.size() - 1;
        double[] values = new double[(lines.size() - 1) * columns];
        boolean[] outlier = new boolean[lines.size() - 1];
        for (int row = 0; row < outlier.length; row++) {
            String[] cells = lines.get(row + 1).split(",");
            for (int i = 0; i < columns; i++) {
                values[row * columns + i] = Double.parseDouble(cells[i]);
            }
            outlier[row] = Double.parseDouble(cells[columns]) > 0;
        }
        FeatureMatrix rows = new FeatureMatrix(name, header.subList(0, columns), values);
        double mean = 0;
        for (int seed = 0; seed < 10; seed++) {
            IsolationForest forest =
                    new IsolationForestTrainer(100, 256, 0, seed, 1, 0).train(rows).forest();
            double[] scores = new double[outlier.length];
            Arrays.setAll(scores, row -> forest.score(rows.values(), row * columns));
            mean += auc(scores, outlier) / 10;
        }
        assertThat(mean).isCloseTo(published, within(tolerance));
    }

    private static List<String> lines(String name) throws IOException {
        var file = SharedData.require("data/anomaly-benchmarks/" + name + ".csv.gz");
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** Mann-Whitney; ties count half. */
    private static double auc(double[] scores, boolean[] outlier) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double wins = 0;
        double inliers = 0;
        double outliers = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            double tiedIn = 0;
            double tiedOut = 0;
            while (end < order.length && scores[order[end]] == scores[order[i]]) {
                tiedOut += outlier[order[end]] ? 1 : 0;
                tiedIn += outlier[order[end]] ? 0 : 1;
                end++;
            }
            wins += tiedOut * (inliers + tiedIn / 2);
            inliers += tiedIn;
            outliers += tiedOut;
            i = end;
        }
        return wins / (inliers * outliers);
    }
}
