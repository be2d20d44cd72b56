package io.microstream.training.outliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.testing.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reproduces the paper's table: the mean area of ten seeds on public outlier sets. */
class PublishedAreasTest {

    private static final OutlierEvaluation EVALUATION =
            new OutlierEvaluation(new OutlierSettings(100, 256, 10, 2));

    private static OutlierResult evaluate(String name) {
        Path file = SharedData.require("data/anomaly-benchmarks/" + name + ".csv.gz");
        return EVALUATION.evaluate(OutlierEvaluation.read(List.of(file)).get(0));
    }

    @ParameterizedTest(name = "{0}: {4} ± {5}")
    @CsvSource({
        "annthyroid, 7200, 6, 534, .813, .03, .304",
        "breastw, 683, 9, 239, .9864, .02, .967",
        "ionosphere, 351, 32, 126, .8443, .02, .806",
        "mammography, 11183, 6, 260, .8649, .02, .198",
        "pima, 768, 8, 268, .668, .02, .501",
        "satellite, 6435, 36, 2036, .717, .03, .662",
        "shuttle, 49097, 9, 3511, .9971, .02, .979"
    })
    void meanAreaUnderTheCurveIsAsPublished(
            String name,
            int rows,
            int features,
            int outliers,
            double published,
            double tolerance,
            double precision) {
        OutlierResult result = evaluate(name);
        assertThat(result.rows()).isEqualTo(rows);
        assertThat(result.features()).isEqualTo(features);
        assertThat(result.outliers()).isEqualTo(outliers);
        assertThat(result.bySeed()).hasSize(10);
        assertThat(result.areaUnderRoc().mean()).isCloseTo(published, within(tolerance));
        assertThat(result.areaUnderRoc().standardError()).isBetween(1e-5, .01);
        assertThat(result.averagePrecision().mean()).isCloseTo(precision, within(.03));
        assertThat(result.gate()).contains(true);
        assertThat(result.published().orElseThrow().linkedIn()).isEqualTo(published);
        assertThat(result.published().orElseThrow().tolerance()).isEqualTo(tolerance);
    }

    @Test
    void threadsDoNotChangeAFigure() {
        OutlierResult two = evaluate("breastw");
        OutlierEvaluation alone = new OutlierEvaluation(OutlierSettings.PAPER);
        Path file = SharedData.require("data/anomaly-benchmarks/breastw.csv.gz");
        assertThat(alone.evaluate(OutlierEvaluation.read(List.of(file)).get(0))).isEqualTo(two);
    }

    @Test
    void aForestOfOneTreeMissesThePublishedAreaButIsNotChecked() {
        PublishedArea pima = PublishedArea.of("pima", 768).orElseThrow();
        assertThat(pima.admits(.649)).isTrue();
        assertThat(pima.admits(.647)).isFalse();
        assertThat(pima.admits(.689)).isFalse();
        assertThat(new OutlierSettings(1, 256, 10, 1).areThePapers()).isFalse();
        assertThat(new OutlierSettings(100, 255, 10, 1).areThePapers()).isFalse();
        assertThat(new OutlierSettings(100, 256, 9, 1).areThePapers()).isFalse();
        assertThat(new OutlierSettings(100, 256, 10, 7).areThePapers()).isTrue();
    }

    @Test
    void aSetOfAKnownNameWithOtherRowsIsAnotherSet() {
        assertThat(PublishedArea.of("pima", 767)).isEmpty();
        assertThat(PublishedArea.of("unheard-of", 768)).isEmpty();
        assertThat(PublishedArea.of("annthyroid", 7_129)).isPresent();
    }
}
