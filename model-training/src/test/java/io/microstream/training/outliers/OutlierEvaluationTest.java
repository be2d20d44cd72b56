package io.microstream.training.outliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.models.evaluation.RankingQuality;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.isolation.IsolationForest;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlierEvaluationTest {

    private static final OutlierSettings SMALL = new OutlierSettings(20, 64, 3, 1);

    /** Returns a cloud of rows with {@code outliers} more on a ring around it. */
    private static LabelledRows ring(String name, int rows, int outliers) {
        Random random = new Random(11);
        double[] values = new double[2 * rows];
        boolean[] outlier = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            outlier[row] = row < outliers;
            double angle = random.nextDouble() * 2 * Math.PI;
            values[2 * row] = outlier[row] ? 9 * Math.cos(angle) : random.nextGaussian();
            values[2 * row + 1] = outlier[row] ? 9 * Math.sin(angle) : random.nextGaussian();
        }
        return new LabelledRows(
                name, new FeatureMatrix(name, List.of("x0", "x1"), values), outlier);
    }

    @Test
    void eachSeedIsTheForestATrainerGrowsWithIt() {
        LabelledRows set = ring("ring", 300, 12);
        OutlierResult result = new OutlierEvaluation(SMALL).evaluate(set);
        assertThat(result.bySeed()).hasSize(3);
        for (int seed = 1; seed <= 3; seed++) {
            IsolationForest forest =
                    new IsolationForestTrainer(20, 64, 0, seed, 1, 0)
                            .train(set.features())
                            .forest();
            double[] scores = new double[300];
            for (int row = 0; row < 300; row++) {
                double[] values = set.features().values();
                scores[row] = forest.score(new double[] {values[2 * row], values[2 * row + 1]});
            }
            assertThat(result.bySeed().get(seed - 1))
                    .isEqualTo(RankingQuality.of(scores, set.outlier()));
        }
        assertThat(result.areaUnderRoc().mean()).isGreaterThan(.98);
        assertThat(result.published()).isEmpty();
        assertThat(result.gate()).isEmpty();
    }

    @Test
    void threadsDoNotChangeAFigure() {
        LabelledRows set = ring("ring", 300, 12);
        assertThat(new OutlierEvaluation(new OutlierSettings(20, 64, 3, 2)).evaluate(set))
                .isEqualTo(new OutlierEvaluation(SMALL).evaluate(set));
    }

    @Test
    void aSetThatIsNotAsPublishedIsOutsideTheGate() {
        LabelledRows impostor = ring("pima", 768, 100);
        OutlierResult judged =
                new OutlierEvaluation(new OutlierSettings(100, 256, 10, 2)).evaluate(impostor);
        OutlierResult unjudged = new OutlierEvaluation(SMALL).evaluate(impostor);
        assertThat(judged.gate()).contains(false);
        assertThat(unjudged.gate()).isEmpty();
        assertThat(new OutlierTable(OutlierSettings.PAPER, List.of(judged)).outsideTheGate())
                .containsExactly(judged);
        assertThat(OutlierTable.line(judged))
                .contains("0.67", "0.6680", "0.6707 (0.660 … 0.683)")
                .endsWith("OUTSIDE ±0.02");
        assertThat(OutlierTable.line(unjudged)).endsWith("–");
        assertThat(new OutlierTable(SMALL, List.of(unjudged)).foot())
                .anyMatch(line -> line.contains("checked only with 100 trees"))
                .contains("pima: published for d=8");
    }

    @Test
    void tableShowsMeansErrorsAndWhatIsNotThere() {
        OutlierResult result =
                new OutlierResult(
                        "mine",
                        400,
                        3,
                        30,
                        List.of(
                                new RankingQuality(.90, .40),
                                new RankingQuality(.92, .44),
                                new RankingQuality(.94, .48)),
                        PublishedArea.of("mine", 400),
                        Optional.empty());
        assertThat(OutlierTable.line(result).replaceAll(" +", " "))
                .isEqualTo(
                        "mine 400 3 7.50 % 0.9200 ± 0.0115 (0.9000 … 0.9400) 0.4400 ± 0.0231 – – – –");
        OutlierResult other =
                new OutlierResult(
                        "pima",
                        700,
                        8,
                        30,
                        List.of(new RankingQuality(.9, .4)),
                        PublishedArea.of("pima", 700),
                        Optional.empty());
        assertThat(OutlierTable.line(other)).contains("0.9000 ± –");
        assertThat(new OutlierTable(SMALL, List.of(other)).foot())
                .contains("pima: published for n=768, so not compared");
    }

    @Test
    void jsonHoldsEverySeed() throws Exception {
        OutlierResult result = new OutlierEvaluation(SMALL).evaluate(ring("mulcross", 300, 12));
        JsonNode root =
                new ObjectMapper().readTree(new OutlierTable(SMALL, List.of(result)).json());
        assertThat(root.get("trees").intValue()).isEqualTo(20);
        JsonNode set = root.get("dataSets").get(0);
        assertThat(set.get("name").textValue()).isEqualTo("mulcross");
        assertThat(set.get("outliers").intValue()).isEqualTo(12);
        assertThat(set.get("areaUnderRocBySeed")).hasSize(3);
        double sum = 0;
        for (JsonNode one : set.get("areaUnderRocBySeed")) {
            sum += one.doubleValue();
        }
        assertThat(set.get("areaUnderRoc").get("mean").doubleValue())
                .isCloseTo(sum / 3, within(1e-15));
        assertThat(set.get("published").isNull()).isTrue();
        assertThat(set.get("withinGate").isNull()).isTrue();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new OutlierSettings(0, 256, 10, 1))
                .hasMessageContaining("trees=0");
        assertThatThrownBy(() -> new OutlierSettings(1, 0, 10, 1)).hasMessageContaining("sample=0");
        assertThatThrownBy(() -> new OutlierSettings(1, 2, 0, 1)).hasMessageContaining("seeds=0");
        assertThatThrownBy(() -> new OutlierSettings(1, 2, 3, 0)).hasMessageContaining("threads=0");
    }
}
