package io.microstream.models.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sequence.LabelSequenceEvaluation;
import org.tribuo.classification.sequence.LabelSequenceEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

/**
 * Uses the hidden Markov model like any other sequence trainer of Tribuo, through Tribuo's own API
 * only.
 */
class HmmInTribuoTest {

    private static final LabelFactory LABELS = new LabelFactory();
    private static final Label[] REGIMES = {
        new Label("STABLE_LIQUIDITY"), new Label("HIGH_VOLATILITY"), new Label("LIQUIDITY_CRISIS")
    };

    @TempDir private Path folder;

    /** Returns days of 500 minutes, each labelled with its true regime. */
    private static SequenceDataset<Label> days(int days, long seed, boolean labelled) {
        MutableSequenceDataset<Label> dataset =
                new MutableSequenceDataset<>(
                        new SimpleDataSourceProvenance(
                                "simulated days",
                                OffsetDateTime.parse("2024-01-01T00:00Z"),
                                LABELS),
                        LABELS);
        Random random = new Random(seed);
        double[] stay = {.995, .98, .95};
        for (int day = 0; day < days; day++) {
            List<Example<Label>> minutes = new ArrayList<>();
            int regime = 0;
            for (int minute = 0; minute < 500; minute++) {
                if (random.nextDouble() >= stay[regime]) {
                    regime = (regime + 1 + random.nextInt(2)) % 3;
                }
                minutes.add(
                        minute(
                                labelled ? REGIMES[regime] : LabelFactory.UNKNOWN_LABEL,
                                1.5 * regime + 0.3 * random.nextGaussian(),
                                0.7 * regime + 0.3 * random.nextGaussian()));
            }
            dataset.add(new SequenceExample<>(minutes));
        }
        return dataset;
    }

    private static Example<Label> minute(Label label, double volatility, double volume) {
        return new ArrayExample<>(
                label,
                new String[] {"log_volume", "log_volatility"},
                new double[] {volume, volatility});
    }

    private static GaussianHmmTrainer trainer() {
        return GaussianHmmTrainer.withStates(3).iterations(50, 1e-2).restarts(4, 1).build();
    }

    @Test
    void evaluatorFindsTheRegimesThatWereNeverShown() {
        SequenceModel<Label> model = trainer().train(days(8, 1, false));
        LabelSequenceEvaluation evaluation =
                new LabelSequenceEvaluator().evaluate(model, days(4, 2, true));
        assertThat(evaluation.accuracy()).isGreaterThan(.99);
        for (Label regime : REGIMES) {
            assertThat(evaluation.recall(regime)).as(regime.getLabel()).isGreaterThan(.98);
            assertThat(evaluation.precision(regime)).as(regime.getLabel()).isGreaterThan(.98);
        }
        assertThat(evaluation.getPredictions()).hasSize(2_000);
        assertThat(model.getOutputIDInfo().getDomain()).containsExactlyInAnyOrder(REGIMES);
        assertThat(model.validate(Label.class)).isTrue();
    }

    @Test
    void labelsOfTheTrainingSequencesAreNotLookedAt() {
        GaussianHmmModel blind = (GaussianHmmModel) trainer().train(days(4, 1, false));
        GaussianHmmModel seeing = (GaussianHmmModel) trainer().train(days(4, 1, true));
        assertThat(seeing.parameters()).isEqualTo(blind.parameters());
    }

    @Test
    void predictionsAreProbabilitiesOfAllRegimes() {
        SequenceModel<Label> model = trainer().train(days(8, 1, false));
        List<List<Prediction<Label>>> predictions = model.predict(days(2, 3, true));
        assertThat(predictions).hasSize(2);
        for (Prediction<Label> prediction : predictions.get(1)) {
            assertThat(prediction.hasProbabilities()).isTrue();
            assertThat(prediction.getNumActiveFeatures()).isEqualTo(2);
            assertThat(prediction.getOutputScores()).hasSize(3);
            double sum = 0;
            for (Label score : prediction.getOutputScores().values()) {
                sum += score.getScore();
                assertThat(score.getScore()).isLessThanOrEqualTo(prediction.getOutput().getScore());
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        assertThat(SequenceModel.toMaxLabels(predictions.get(0)).get(0)).isEqualTo(REGIMES[0]);
        assertThat(model.getTopFeatures(5)).isEmpty();
    }

    @Test
    void modelReadFromAFilePredictsTheSame() throws IOException {
        SequenceModel<Label> model = trainer().train(days(4, 1, false));
        model.setName("minutes");
        Path file = folder.resolve("hmm.pb");
        model.serializeToFile(file);
        SequenceModel<Label> read = SequenceModel.deserializeFromFile(file).castModel(Label.class);
        assertThat(read.getName()).isEqualTo("minutes");
        assertThat(read.getProvenance()).isEqualTo(model.getProvenance());
        assertThat(read.serialize()).isEqualTo(model.serialize());
        SequenceExample<Label> day = days(1, 5, true).getExample(0);
        List<Prediction<Label>> expected = model.predict(day);
        List<Prediction<Label>> actual = read.predict(day);
        for (int minute = 0; minute < day.size(); minute++) {
            assertThat(actual.get(minute).distributionEquals(expected.get(minute))).isTrue();
        }
    }

    @Test
    void configurationFileMakesTheTrainer() throws IOException {
        try (ConfigurationManager configuration = configuration("2")) {
            GaussianHmmTrainer trainer = (GaussianHmmTrainer) configuration.lookup("regimes");
            GaussianHmmModel model = (GaussianHmmModel) trainer.train(days(2, 1, false));
            assertThat(model.parameters().states()).isEqualTo(2);
            assertThat(model.logLikelihoods()).hasSize(7);
            assertThat(trainer.getInvocationCount()).isEqualTo(1);
        }
        try (ConfigurationManager configuration = configuration("65")) {
            assertThatThrownBy(() -> configuration.lookup("regimes"))
                    .isInstanceOf(PropertyException.class)
                    .hasMessageContaining("states=65");
        }
    }

    private ConfigurationManager configuration(String states) throws IOException {
        String xml =
                """
                <config>
                  <component name="regimes" type="io.microstream.models.hmm.GaussianHmmTrainer">
                    <property name="states" value="%s"/>
                    <property name="iterations" value="7"/>
                    <property name="tolerance" value="-1e9"/>
                    <property name="volatilityInput" value="log_volume"/>
                  </component>
                </config>
                """
                        .formatted(states);
        Path file = Files.writeString(folder.resolve("regimes.xml"), xml);
        return new ConfigurationManager(file.toString());
    }

    @Test
    void provenanceIsEnoughToTrainAgain() {
        SequenceModel<Label> model = trainer().train(days(2, 1, false));
        String provenance = ProvenanceUtil.formattedProvenanceString(model.getProvenance());
        assertThat(provenance)
                .contains(
                        "simulated days", "GaussianHmmTrainer", "states = 3", "is-sequence = true");
        try (ConfigurationManager again = new ConfigurationManager()) {
            again.addConfiguration(
                    ProvenanceUtil.extractConfiguration(
                            model.getProvenance().getTrainerProvenance()));
            SequenceModel<Label> reproduced =
                    again.lookupAll(GaussianHmmTrainer.class).get(0).train(days(2, 1, false));
            assertThat(reproduced.serialize()).isEqualTo(model.serialize());
        }
    }

    @Test
    void whatCannotBePredictedIsRefused() {
        SequenceModel<Label> model = trainer().train(days(2, 1, false));
        Example<Label> less =
                new ArrayExample<>(REGIMES[0], new String[] {"log_volume"}, new double[] {1});
        assertThatThrownBy(() -> model.predict(new SequenceExample<>(List.of(less))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=log_volatility");
        assertThat(model.predict(new SequenceExample<>(List.of(minute(REGIMES[0], 0, 0)))))
                .hasSize(1);
        assertThat(model.predict(new SequenceExample<>())).isEmpty();
    }

    @Test
    void javaSerializationIsRefusedRatherThanHalfDone() throws IOException {
        SequenceModel<Label> model = trainer().train(days(2, 1, false));
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(model))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("serializeToFile");
        }
    }
}
