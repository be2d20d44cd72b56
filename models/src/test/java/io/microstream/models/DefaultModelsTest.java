package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultModelsTest {

    private static final long T0 = 1_704_067_200_000L;

    private static FeatureVector vector(
            int minute, double volatility, double r, double range, double volume) {
        double[] values = new double[RollingFeatures.SCHEMA.size()];
        Arrays.fill(values, Double.NaN);
        values[RollingFeatures.SCHEMA.indexOf(FeatureSchema.LOG_VOLATILITY)] = volatility;
        values[RollingFeatures.SCHEMA.indexOf(FeatureSchema.SCALED_RETURN)] = r;
        values[RollingFeatures.SCHEMA.indexOf(FeatureSchema.RANGE_SURGE)] = range;
        values[RollingFeatures.SCHEMA.indexOf(FeatureSchema.VOLUME_SURGE)] = volume;
        return new FeatureVector(
                "ETHUSDT", T0 + minute * 60_000L, RollingFeatures.SCHEMA.version(), 0, values);
    }

    private static List<ModelArtifact> of(ModelRole role) {
        return DefaultModels.load().stream().filter(model -> model.role() == role).toList();
    }

    @Test
    void thereIsOneOfEachRoleForBtcusdtAndForAllOthers() {
        assertThat(DefaultModels.load())
                .extracting(ModelArtifact::key)
                .containsExactly(
                        "REGIME:BTCUSDT:regime-BTCUSDT:20241231",
                        "ANOMALY:BTCUSDT:anomaly-BTCUSDT:20241231",
                        "REGIME:*:regime-ANY:20241231",
                        "ANOMALY:*:anomaly-ANY:20241231");
    }

    @Test
    void defaultModelsKnowTheCurrentFeaturesAndScoreEveryBar() {
        for (ModelArtifact model : DefaultModels.load()) {
            assertThat(model.requireSchema(RollingFeatures.SCHEMA).effectiveFromMs()).isZero();
        }
    }

    @Test
    void calmAndTurbulentMinutesGetTheirRegimes() {
        for (ModelArtifact model : of(ModelRole.REGIME)) {
            RegimeScorer scorer = RegimeScorer.open(model);
            assertThat(scorer.model().labelling().isSound()).isTrue();
            assertThat(regimeAfterAnHourOf(scorer, -0.6)).isEqualTo(Regime.STABLE_LIQUIDITY);
            assertThat(regimeAfterAnHourOf(scorer, 0.5)).isEqualTo(Regime.HIGH_VOLATILITY);
            assertThat(regimeAfterAnHourOf(scorer, 1.6)).isEqualTo(Regime.LIQUIDITY_CRISIS);
        }
    }

    private static Regime regimeAfterAnHourOf(RegimeScorer scorer, double volatility) {
        RegimeFilterState state = new RegimeFilterState();
        List<RegimeSignal> signals = List.of();
        for (int minute = 0; minute < 60; minute++) {
            signals = scorer.update(state, vector(minute, volatility, 0, 0, 0));
        }
        assertThat(signals.get(0).confirmedRegime()).isEqualTo(signals.get(0).regime());
        return signals.get(0).regime();
    }

    @Test
    void crashIsAnAnomalyAndAnOrdinaryMinuteIsNone() {
        for (ModelArtifact model : of(ModelRole.ANOMALY)) {
            AnomalyScorer scorer = AnomalyScorer.open(model);
            assertThat(scorer.score(vector(0, 0, 0.2, 0.1, 0.1)).orElseThrow().isAnomaly())
                    .isFalse();
            var crash = scorer.score(vector(1, 0, -3, 2.5, 3)).orElseThrow();
            assertThat(crash.isAnomaly()).isTrue();
            assertThat(crash.score()).isGreaterThan(crash.threshold() + 0.03);
            assertThat(crash.severity()).isGreaterThan(3);
        }
    }
}
