package io.microstream.models.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.AnomalyInfo;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.evaluation.AnomalyEvaluation;
import org.tribuo.anomaly.evaluation.AnomalyEvaluator;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.data.csv.CSVDataSource;
import org.tribuo.dataset.DatasetView;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.impl.ArrayExample;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.TransformedModel;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/** Uses the forest like any other trainer of Tribuo, through Tribuo's own API only. */
class ForestInTribuoTest {

    private static final int ROWS = 1_500;

    @TempDir private Path folder;
    private CSVDataSource<Event> source;

    @BeforeEach
    void writeAndDescribeTheCsv() throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("volume,spread,kind\n");
        for (int row = 0; row < ROWS; row++) {
            boolean anomalous = row % 50 == 7;
            double shift = anomalous ? 12 + random.nextInt(20) : 0;
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%.6f,%.6f,%s%n",
                            100 + 10 * random.nextGaussian(),
                            2 + 0.1 * (random.nextGaussian() + shift),
                            anomalous ? "ANOMALOUS" : "EXPECTED"));
        }
        Path file = Files.writeString(folder.resolve("minutes.csv"), csv);
        RowProcessor<Event> columns =
                new RowProcessor<>(
                        new FieldResponseProcessor<>("kind", "UNKNOWN", new AnomalyFactory()),
                        Map.of(
                                "volume", new DoubleFieldProcessor("volume", true),
                                "spread", new DoubleFieldProcessor("spread", true)));
        source = new CSVDataSource<>(file, columns, true);
    }

    private static IsolationForestTrainer trainer() {
        return new IsolationForestTrainer(100, 256, 0.01, 42, 1, 0);
    }

    private static Dataset<Event> ordinary(Dataset<Event> dataset) {
        return DatasetView.createView(
                dataset,
                example -> example.getOutput().getType() == Event.EventType.EXPECTED,
                "ordinary rows");
    }

    @Test
    void dataSourceSplitterAndEvaluatorWorkOnIt() {
        TrainTestSplitter<Event> split = new TrainTestSplitter<>(source, 0.7, 1);
        Dataset<Event> train = ordinary(new MutableDataset<>(split.getTrain()));
        MutableDataset<Event> test = new MutableDataset<>(split.getTest());
        Model<Event> model = trainer().train(train);
        AnomalyEvaluation evaluation = new AnomalyEvaluator().evaluate(model, test);
        assertThat(evaluation.getRecall()).isEqualTo(1.0);
        assertThat(evaluation.getTruePositives())
                .isEqualTo(((AnomalyInfo) test.getOutputInfo()).getAnomalyCount());
        assertThat((double) evaluation.getFalsePositives() / test.size()).isBetween(0.0, 0.03);
        assertThat(model.predict(test)).hasSize(test.size());
        assertThat(model.validate(Event.class)).isTrue();
        assertThat(model.getFeatureIDMap().keySet()).containsExactlyInAnyOrder("spread", "volume");
    }

    @Test
    void datasetWithAnomaliesIsRefusedAsByTribuosOwnTrainers() {
        assertThatThrownBy(() -> trainer().train(new MutableDataset<>(source)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row=7 type=ANOMALOUS");
    }

    @Test
    void modelKnowsWhatItWasTrainedOn() {
        Dataset<Event> train = ordinary(new MutableDataset<>(source));
        Model<Event> model = trainer().train(train);
        AnomalyInfo info = (AnomalyInfo) model.getOutputIDInfo();
        assertThat(info.getExpectedCount()).isEqualTo(train.size()).isEqualTo(1_470);
        assertThat(info.getAnomalyCount()).isZero();
        assertThat(model.getFeatureIDMap().get("spread").getCount()).isEqualTo(1_470);
        String provenance = ProvenanceUtil.formattedProvenanceString(model.getProvenance());
        assertThat(provenance)
                .contains("minutes.csv", "ordinary rows", "IsolationForestTrainer", "trees = 100");
    }

    @Test
    void modelReadFromAFilePredictsTheSame() throws IOException {
        MutableDataset<Event> all = new MutableDataset<>(source);
        Model<Event> model = trainer().train(ordinary(all));
        Path file = folder.resolve("forest.pb");
        model.serializeToFile(file);
        Model<Event> read = Model.deserializeFromFile(file).castModel(Event.class);
        assertSamePredictions(read, model, all);
        assertThat(read.getProvenance()).isEqualTo(model.getProvenance());
        assertThat(read.getOutputIDInfo()).isEqualTo(model.getOutputIDInfo());
        assertThat(read.getName()).isEqualTo("isolation-forest");
        assertThat(read.serialize()).isEqualTo(model.serialize());
    }

    private static void assertSamePredictions(
            Model<Event> model, Model<Event> expected, Iterable<Example<Event>> examples) {
        for (Example<Event> example : examples) {
            Event own = model.predict(example).getOutput();
            Event other = expected.predict(example).getOutput();
            assertThat(own.getType()).isEqualTo(other.getType());
            assertThat(own.getScore()).isEqualTo(other.getScore());
        }
    }

    @Test
    void copyIsAModelOfItsOwn() {
        MutableDataset<Event> all = new MutableDataset<>(source);
        Model<Event> model = trainer().train(ordinary(all));
        Model<Event> copy = model.copy();
        copy.setName("copied");
        assertThat(model.getName()).isEqualTo("isolation-forest");
        assertSamePredictions(copy, model, all);
    }

    @Test
    void configurationFileMakesTheTrainer() throws IOException {
        ConfigurationManager configuration = configuration("50");
        IsolationForestTrainer trainer = (IsolationForestTrainer) configuration.lookup("forest");
        IsolationForestModel model =
                (IsolationForestModel) trainer.train(ordinary(new MutableDataset<>(source)));
        assertThat(model.forest().trees()).isEqualTo(50);
        assertThat(model.forest().sampleSize()).isEqualTo(128);
        assertThat(model.getProvenance().getTrainingTime()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(trainer.getProvenance().getConfiguredParameters().get("seed").toString())
                .isEqualTo("7");
        configuration.close();
    }

    @Test
    void configurationOutOfRangeIsRefused() throws IOException {
        try (ConfigurationManager configuration = configuration("0")) {
            assertThatThrownBy(() -> configuration.lookup("forest"))
                    .isInstanceOf(PropertyException.class)
                    .hasMessageContaining("trees=0");
        }
    }

    private ConfigurationManager configuration(String trees) throws IOException {
        String xml =
                """
                <config>
                  <component name="forest" type="io.microstream.models.isolation.IsolationForestTrainer">
                    <property name="trees" value="%s"/>
                    <property name="sampleSize" value="128"/>
                    <property name="contamination" value="0.02"/>
                    <property name="seed" value="7"/>
                    <property name="timeMs" value="1704067200000"/>
                  </component>
                </config>
                """
                        .formatted(trees);
        Path file = Files.writeString(folder.resolve("forest.xml"), xml);
        return new ConfigurationManager(file.toString());
    }

    @Test
    void provenanceIsEnoughToTrainAgain() {
        IsolationForestTrainer trainer = trainer();
        trainer.train(ordinary(new MutableDataset<>(source)));
        Model<Event> second = trainer.train(ordinary(new MutableDataset<>(source)));
        try (ConfigurationManager again = new ConfigurationManager()) {
            again.addConfiguration(ProvenanceUtil.extractConfiguration(second.getProvenance()));
            IsolationForestTrainer sameTrainer =
                    again.lookupAll(IsolationForestTrainer.class).get(0);
            @SuppressWarnings("unchecked")
            CSVDataSource<Event> sameSource = again.lookupAll(CSVDataSource.class).get(0);
            int invocation =
                    ((IntProvenance)
                                    second.getProvenance()
                                            .getTrainerProvenance()
                                            .getInstanceValues()
                                            .get("train-invocation-count"))
                            .getValue();
            assertThat(invocation).isEqualTo(1);
            Model<Event> reproduced =
                    sameTrainer.train(
                            ordinary(new MutableDataset<>(sameSource)), Map.of(), invocation);
            assertThat(((IsolationForestModel) reproduced).forest())
                    .isEqualTo(((IsolationForestModel) second).forest());
        }
    }

    @Test
    void crossValidationTrainsAndEvaluatesEachFold() {
        Dataset<Event> train = ordinary(new MutableDataset<>(source));
        Logger.getLogger(CrossValidation.class.getName()).setLevel(Level.WARNING);
        CrossValidation<Event, AnomalyEvaluation> folds =
                new CrossValidation<>(trainer(), train, new AnomalyEvaluator(), 5, 1);
        List<Pair<AnomalyEvaluation, Model<Event>>> results = folds.evaluate();
        assertThat(results).hasSize(5);
        for (Pair<AnomalyEvaluation, Model<Event>> fold : results) {
            assertThat(fold.getA().getTrueNegatives() + fold.getA().getFalsePositives())
                    .isEqualTo(294);
            assertThat(fold.getA().getFalsePositives()).isBetween(0L, 20L);
        }
        assertThat(results.get(0).getB().serialize())
                .isNotEqualTo(results.get(1).getB().serialize());
    }

    @Test
    void transformTrainerWrapsIt() throws IOException {
        MutableDataset<Event> all = new MutableDataset<>(source);
        TransformTrainer<Event> scaled =
                new TransformTrainer<>(
                        trainer(), new TransformationMap(List.of(new MeanStdDevTransformation())));
        TransformedModel<Event> model = scaled.train(ordinary(all));
        Model<Event> plain = trainer().train(ordinary(all));
        for (Example<Event> example : all) {
            assertThat(model.predict(example).getOutput().getScore())
                    .isCloseTo(plain.predict(example).getOutput().getScore(), within(1e-12));
        }
        Path file = folder.resolve("scaled.pb");
        model.serializeToFile(file);
        assertSamePredictions(Model.deserializeFromFile(file).castModel(Event.class), model, all);
    }

    @Test
    void topFeaturesAndExcuseNameTheFeatureThatIsStrange() {
        Model<Event> model = trainer().train(ordinary(new MutableDataset<>(source)));
        List<Pair<String, Double>> top = model.getTopFeatures(-1).get(Model.ALL_OUTPUTS);
        assertThat(top).extracting(Pair::getA).containsExactlyInAnyOrder("spread", "volume");
        assertThat(top.stream().mapToDouble(Pair::getB).sum()).isCloseTo(1, within(1e-12));
        assertThat(top.get(0).getB()).isGreaterThanOrEqualTo(top.get(1).getB());
        assertThat(model.getTopFeatures(1).get(Model.ALL_OUTPUTS)).containsExactly(top.get(0));
        assertThat(model.getTopFeatures(0).get(Model.ALL_OUTPUTS)).isEmpty();
        assertThat(model.getTopFeatures(9).get(Model.ALL_OUTPUTS)).hasSize(2);

        Example<Event> wide = example(100, 4.5);
        Excuse<Event> excuse = model.getExcuse(wide).orElseThrow();
        assertThat(excuse.getPrediction().getOutput().getType())
                .isEqualTo(Event.EventType.ANOMALOUS);
        List<Pair<String, Double>> shares = excuse.getScores().get("ANOMALOUS");
        assertThat(shares.get(0).getA()).isEqualTo("spread");
        assertThat(shares.stream().mapToDouble(Pair::getB).sum())
                .isCloseTo(model.predict(wide).getOutput().getScore() - 0.5, within(1e-9));
        assertThat(model.getExcuses(List.of(wide, example(100, 2))).orElseThrow()).hasSize(2);
    }

    private static Example<Event> example(double volume, double spread) {
        return new ArrayExample<>(
                AnomalyFactory.UNKNOWN_EVENT,
                new String[] {"volume", "spread"},
                new double[] {volume, spread});
    }

    @Test
    void featuresOfOtherNamesArePassedOverAndMissingOnesRefused() {
        Model<Event> model = trainer().train(ordinary(new MutableDataset<>(source)));
        Example<Event> more = example(100, 2);
        more.add(new Feature("zeal", 3));
        Prediction<Event> prediction = model.predict(more);
        assertThat(prediction.getOutput().getScore())
                .isEqualTo(model.predict(example(100, 2)).getOutput().getScore());
        assertThat(prediction.getNumActiveFeatures()).isEqualTo(2);
        Example<Event> less =
                new ArrayExample<>(
                        AnomalyFactory.UNKNOWN_EVENT, new String[] {"volume"}, new double[] {1});
        assertThatThrownBy(() -> model.predict(less))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=spread");
    }

    @Test
    void javaSerializationIsRefusedRatherThanHalfDone() throws IOException {
        Model<Event> model = trainer().train(ordinary(new MutableDataset<>(source)));
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(model))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("serializeToFile");
        }
    }
}
