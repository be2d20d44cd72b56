package io.microstream.models.hmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import io.microstream.market.Regime;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

class GaussianHmmModelTest {

    private static final long TIME = 1_700_000_000_000L;

    private final SimulatedMarket market = new SimulatedMarket(6_000, 42);
    private final FeatureMatrix rows =
            new FeatureMatrix(
                    "simulated", List.of("log_volatility", "log_volume"), market.rows(0, 6_000));
    private final int[] lengths = {2_000, 4_000};

    private static GaussianHmmTrainer trainer(int threads) {
        return GaussianHmmTrainer.withStates(3)
                .iterations(50, 1e-2)
                .threads(threads)
                .timeMs(TIME)
                .build();
    }

    @Test
    void trainingTwiceGivesEqualBytesAtAnyNumberOfThreads() {
        byte[] one = trainer(1).train(rows, lengths).serialize().toByteArray();
        byte[] two = trainer(2).train(rows, lengths).serialize().toByteArray();
        assertThat(two).isEqualTo(one);
    }

    @Test
    void statesAreNamedByTheirStress() {
        GaussianHmmModel model = trainer(1).train(rows, lengths);
        RegimeLabelling labelling = model.labelling();
        assertThat(labelling.reasons()).isEmpty();
        assertThat(labelling.mapping().regimes())
                .containsExactly(
                        Regime.STABLE_LIQUIDITY, Regime.HIGH_VOLATILITY, Regime.LIQUIDITY_CRISIS);
        double crisis = 0;
        for (int regime : market.regime) {
            crisis += regime == 2 ? 1 / 6_000.0 : 0;
        }
        assertThat(labelling.occupancy().get(2)).isCloseTo(crisis, within(.01));
        assertThat(model.parameters().mean(2, 0))
                .isEqualTo(labelling.stress().get(2))
                .isGreaterThan(1.5);
    }

    @Test
    void modelReadBackPredictsBitForBit() {
        GaussianHmmModel model = trainer(1).train(rows, lengths);
        SequenceModel<Label> read =
                SequenceModel.deserialize(model.serialize()).castModel(Label.class);
        GaussianHmmModel own = (GaussianHmmModel) read;
        assertThat(own.parameters()).isEqualTo(model.parameters());
        assertThat(own.scaling()).isEqualTo(model.scaling());
        assertThat(own.labelling()).isEqualTo(model.labelling());
        assertThat(own.inputs()).containsExactly("log_volatility", "log_volume");
        assertThat(own.logLikelihoods()).isEqualTo(model.logLikelihoods());
        assertThat(own.getProvenance()).isEqualTo(model.getProvenance());
        SequenceExample<Label> sequence = sequence(0, 300);
        List<Prediction<Label>> expected = model.predict(sequence);
        List<Prediction<Label>> actual = own.predict(sequence);
        for (int t = 0; t < 300; t++) {
            for (Regime regime : Regime.values()) {
                assertThat(score(actual.get(t), regime)).isEqualTo(score(expected.get(t), regime));
            }
        }
        assertThat(own.serialize().toByteArray()).isEqualTo(model.serialize().toByteArray());
    }

    private static double score(Prediction<Label> prediction, Regime regime) {
        return prediction.getOutputScores().get(regime.name()).getScore();
    }

    @Test
    void predictionIsTheSmoothedRegime() {
        GaussianHmmModel model = trainer(1).train(rows, lengths);
        List<Prediction<Label>> predictions = model.predict(sequence(1_000, 2_000));
        int right = 0;
        for (int t = 0; t < 1_000; t++) {
            Prediction<Label> prediction = predictions.get(t);
            double sum = 0;
            for (Regime regime : Regime.values()) {
                sum += score(prediction, regime);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            String truth = Regime.values()[market.regime[1_000 + t]].name();
            right += prediction.getOutput().getLabel().equals(truth) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(980);
    }

    @Test
    void unlabelledTribuoSequencesAndTableGiveTheSameParameters() {
        MutableSequenceDataset<Label> dataset =
                new MutableSequenceDataset<>(
                        new SimpleDataSourceProvenance(
                                "simulated",
                                OffsetDateTime.parse("2024-01-01T00:00:00Z"),
                                new LabelFactory()),
                        new LabelFactory());
        dataset.add(sequence(0, 2_000));
        dataset.add(sequence(2_000, 6_000));
        SequenceModel<Label> model = trainer(1).train(dataset, Map.of());
        GaussianHmmModel table = trainer(1).train(rows, lengths);
        assertThat(((GaussianHmmModel) model).parameters()).isEqualTo(table.parameters());
        assertThat(((GaussianHmmModel) model).labelling()).isEqualTo(table.labelling());
    }

    private SequenceExample<Label> sequence(int from, int to) {
        List<Example<Label>> examples = new ArrayList<>();
        for (int row = from; row < to; row++) {
            double[] values = {rows.values()[2 * row + 1], rows.values()[2 * row]};
            examples.add(
                    new ArrayExample<>(
                            LabelFactory.UNKNOWN_LABEL,
                            new String[] {"log_volume", "log_volatility"},
                            values));
        }
        return new SequenceExample<>(examples);
    }

    @Test
    void restartsNeverMakeTheTrainingLikelihoodWorse() {
        GaussianHmmModel plain = trainer(1).train(rows, lengths);
        GaussianHmmModel restarted =
                GaussianHmmTrainer.withStates(3)
                        .iterations(50, 1e-2)
                        .restarts(3, 5)
                        .build()
                        .train(rows, lengths);
        double[] a = plain.logLikelihoods();
        double[] b = restarted.logLikelihoods();
        assertThat(b[b.length - 1]).isGreaterThanOrEqualTo(a[a.length - 1]);
    }

    @Test
    void badSettingsAndRowsAreRefused() {
        assertThatThrownBy(() -> GaussianHmmTrainer.withStates(0).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("states=0");
        assertThatThrownBy(() -> trainer(1).train(rows, new int[] {5_999}))
                .hasMessageContaining("rows=5999");
        assertThatThrownBy(() -> trainer(1).train(rows, lengths, new double[3]))
                .hasMessageContaining("ranges=3");
    }
}
