package io.microstream.models.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads trees that scikit-learn 1.2.1 grew, as arrays, and compares scores with its own. */
class IsolationForestGoldenTest {

    private JsonNode golden;
    private IsolationForest forest;

    @BeforeEach
    void load() throws IOException {
        golden = new ObjectMapper().readTree(SharedData.require("golden/iforest.json").toFile());
        forest = load(golden.get("trees"));
    }

    @Test
    void scoresEqualScoreSamples() {
        JsonNode expected = golden.get("score_samples");
        assertThat(expected.size()).isEqualTo(300);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(forest.score(row(row)))
                    .as("row %d", row)
                    .isCloseTo(-expected.get(row).asDouble(), within(1e-12));
        }
    }

    @Test
    void contaminationGivesTheOffsetAndTheFlaggedRows() {
        double[] negated = new double[300];
        Arrays.setAll(negated, row -> -forest.score(row(row)));
        double offset = Percentile.of(negated, 0.05);
        assertThat(offset).isCloseTo(golden.get("offset").asDouble(), within(1e-12));

        List<Integer> flagged = new ArrayList<>();
        for (int row = 0; row < negated.length; row++) {
            if (-negated[row] > -offset) {
                flagged.add(row);
            }
        }
        List<Integer> expected = new ArrayList<>();
        golden.get("flagged").forEach(id -> expected.add(id.asInt()));
        assertThat(flagged).hasSize(15).isEqualTo(expected);
    }

    /** Returns a row rounded to floats, which scikit-learn compares. */
    private double[] row(int row) {
        JsonNode values = golden.get("X").get(row);
        return new double[] {(float) values.get(0).asDouble(), (float) values.get(1).asDouble()};
    }

    private static IsolationForest load(JsonNode trees) {
        List<Integer> roots = new ArrayList<>();
        List<Integer> features = new ArrayList<>();
        List<Integer> rights = new ArrayList<>();
        List<Double> splits = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode tree : trees) {
            int first = features.size();
            roots.add(first);
            for (int node = 0; node < tree.get("left").size(); node++) {
                boolean isLeaf = tree.get("left").get(node).asInt() < 0;
                assertThat(tree.get("left").get(node).asInt()).isEqualTo(isLeaf ? -1 : node + 1);
                features.add(isLeaf ? -1 : tree.get("feature").get(node).asInt());
                rights.add(isLeaf ? 0 : first + tree.get("right").get(node).asInt());
                splits.add(tree.get("threshold").get(node).asDouble());
                sizes.add(tree.get("n").get(node).asInt());
            }
        }
        return new IsolationForest(
                64, 2, ints(roots), ints(features), ints(rights), doubles(splits), ints(sizes));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
