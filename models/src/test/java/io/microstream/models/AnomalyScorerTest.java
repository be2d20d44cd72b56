package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.models.isolation.IsolationForestModel;
import org.junit.jupiter.api.Test;

class AnomalyScorerTest {

    private final AnomalyScorer scorer = AnomalyScorer.open(TrainedModels.anomaly());

    @Test
    void signalHoldsTheResultsOfTheModel() {
        IsolationForestModel model = TrainedModels.forest();
        AnomalySignal signal = scorer.score(TrainedModels.vector(5, 2, 9, 4)).orElseThrow();
        double[] x = {9, 4};
        assertThat(signal.symbol()).isEqualTo("BTCUSDT");
        assertThat(signal.openTimeMs()).isEqualTo(TrainedModels.T0 + 300_000);
        assertThat(signal.modelId()).isEqualTo("if-test");
        assertThat(signal.modelVersion()).isEqualTo(1);
        assertThat(signal.score()).isEqualTo(model.score(x)).isGreaterThan(signal.threshold());
        assertThat(signal.threshold()).isEqualTo(model.threshold());
        assertThat(signal.isAnomaly()).isTrue();
        assertThat(signal.severity()).isEqualTo(model.severity(x)).isGreaterThan(5);
        assertThat(signal.isShadow()).isFalse();
        assertThat(signal.barRevision()).isEqualTo(2);
        assertThat(signal.attribution().keySet()).containsExactly("log_volatility", "log_volume");
        assertThat(signal.attribution().values()).allMatch(share -> share > 0.02);
        double sum = signal.attribution().values().stream().mapToDouble(v -> v).sum();
        assertThat(sum).isCloseTo(signal.score() - 0.5, within(1e-9));
    }

    @Test
    void ordinaryBarIsNoAnomaly() {
        AnomalySignal signal = scorer.score(TrainedModels.vector(0, 0, -0.9, -0.5)).orElseThrow();
        assertThat(signal.isAnomaly()).isFalse();
        assertThat(signal.score()).isLessThan(0.5);
    }

    @Test
    void challengerSignalsAreMarkedAsShadow() {
        AnomalyScorer challenger = ModelKinds.ANOMALY.open(TrainedModels.anomaly(), true);
        assertThat(challenger.score(TrainedModels.vector(0, 0, 0, 0)).orElseThrow().isShadow())
                .isTrue();
    }

    @Test
    void aBarWithAnUndefinedInputHasNoSignal() {
        assertThat(scorer.score(TrainedModels.vector(0, 0, Double.NaN, 0))).isEmpty();
    }

    @Test
    void vectorOfAnotherSchemaIsRefused() {
        FeatureVector vector = new FeatureVector("BTCUSDT", 0, 99, 0, new double[10]);
        assertThatThrownBy(() -> scorer.score(vector))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector=v99");
    }
}
