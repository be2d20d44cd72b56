package io.microstream.models.isolation;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.Probes;
import io.microstream.models.features.RootLocale;
import io.microstream.models.features.TrainingRecord;
import io.microstream.models.protos.IsolationForestProto;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.MutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.AnomalyInfo;
import org.tribuo.anomaly.Event;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * An isolation forest with its threshold and robust scale, as a Tribuo model.
 *
 * <p>{@link #predict} and the array methods give the same results; the array methods allocate
 * nothing. Arrays hold the {@link #inputs} in their order. Immutable but for Tribuo's name;
 * thread-safe.
 */
public final class IsolationForestModel extends Model<Event> {

    private static final long serialVersionUID = 1L;

    /** Version of the serialized form of this model. */
    public static final int CURRENT_VERSION = 0;

    private final transient IsolationForest forest;
    private final double threshold;
    private final transient RobustScale scale;
    private final transient List<String> inputs;

    IsolationForestModel(
            TrainingRecord record, IsolationForest forest, double threshold, RobustScale scale) {
        this(
                "isolation-forest",
                record.provenance(),
                record.features(),
                expected(record.features().get(0).getCount()),
                forest,
                threshold,
                scale);
    }

    /** Returns the output domain of training rows, which are all expected events. */
    private static ImmutableOutputInfo<Event> expected(int rows) {
        MutableOutputInfo<Event> info = new AnomalyFactory().generateInfo();
        for (int row = 0; row < rows; row++) {
            info.observe(AnomalyFactory.EXPECTED_EVENT);
        }
        return info.generateImmutableOutputInfo();
    }

    private IsolationForestModel(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<Event> outputs,
            IsolationForest forest,
            double threshold,
            RobustScale scale) {
        super(name, provenance, features, outputs, false);
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("Isolation forest: threshold=" + threshold);
        }
        if (features.size() != forest.inputs() || scale.median().length != forest.inputs()) {
            throw new IllegalArgumentException(
                    "Isolation forest: features="
                            + features.size()
                            + " forest inputs="
                            + forest.inputs()
                            + " scales="
                            + scale.median().length);
        }
        this.forest = forest;
        this.threshold = threshold;
        this.scale = scale;
        this.inputs = features.keySet().stream().sorted().toList();
    }

    /** Returns the names of the inputs, in the order of the arrays. */
    public List<String> inputs() {
        return inputs;
    }

    /** Returns the forest, without threshold and scale. */
    public IsolationForest forest() {
        return forest;
    }

    /** Returns the isolation score in (0, 1]; higher is more anomalous. Values must be finite. */
    public double score(double[] x) {
        return forest.score(x);
    }

    /** Scores many rows, see {@link IsolationForest#scores}. */
    public double[] scores(double[] rows, double[] into, int threads) {
        return forest.scores(rows, into, threads);
    }

    /** Returns the score above which a row is an anomaly. */
    public double threshold() {
        return threshold;
    }

    /** Returns whether a row's score exceeds the threshold, strictly. */
    public boolean isAnomaly(double[] x) {
        return score(x) > threshold;
    }

    /** Returns the severity of a row, see {@link RobustScale}. */
    public double severity(double[] x) {
        return scale.severity(x);
    }

    /**
     * Computes the inputs' shares in {@code score(x) − 0.5}, see {@link
     * IsolationForest#attribution}.
     */
    public double[] attribution(double[] x, double[] into) {
        return forest.attribution(x, into);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The event's score is the isolation score.
     *
     * @throws IllegalArgumentException if the example lacks an input or holds one that is not
     *     finite
     */
    @Override
    public Prediction<Event> predict(Example<Event> example) {
        double[] x = read(example);
        double score = score(x);
        Event.EventType type =
                score > threshold ? Event.EventType.ANOMALOUS : Event.EventType.EXPECTED;
        return new Prediction<>(new Event(type, score), x.length, example);
    }

    private double[] read(Example<Event> example) {
        double[] x = new double[inputs.size()];
        FeatureExamples.read(example, inputs, x, 0);
        return x;
    }

    /** {@inheritDoc} A feature's weight is its share of all splits. */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        int[] counts = forest.splitCounts();
        double all = Math.max(1, Arrays.stream(counts).sum());
        double[] shares = Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
        List<Pair<String, Double>> ranked = ranked(shares);
        return Map.of(
                Model.ALL_OUTPUTS, n < 0 ? ranked : ranked.subList(0, Math.min(n, ranked.size())));
    }

    /** {@inheritDoc} It holds the attribution, under the name of the predicted event type. */
    @Override
    public Optional<Excuse<Event>> getExcuse(Example<Event> example) {
        Prediction<Event> prediction = predict(example);
        double[] shares = attribution(read(example), new double[inputs.size()]);
        String type = prediction.getOutput().getType().name();
        return Optional.of(new Excuse<>(example, prediction, Map.of(type, ranked(shares))));
    }

    private List<Pair<String, Double>> ranked(double[] shares) {
        List<Pair<String, Double>> result = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            result.add(new Pair<>(inputs.get(i), shares[i]));
        }
        result.sort(Comparator.comparing(pair -> -pair.getB()));
        return result;
    }

    @Override
    protected IsolationForestModel copy(String newName, ModelProvenance newProvenance) {
        return new IsolationForestModel(
                newName, newProvenance, featureIDMap, outputIDInfo, forest, threshold, scale);
    }

    @Override
    public ModelProto serialize() {
        IsolationForestProto proto =
                IsolationForestProto.newBuilder()
                        .setMetadata(RootLocale.call(createDataCarrier()::serialize).toByteString())
                        .setSampleSize(forest.sampleSize())
                        .setThreshold(threshold)
                        .addAllRoot(ints(forest.root()))
                        .addAllFeature(ints(forest.feature()))
                        .addAllRight(ints(forest.right()))
                        .addAllSplit(doubles(forest.split()))
                        .addAllSize(ints(forest.size()))
                        .addAllMedian(doubles(scale.median()))
                        .addAllSpread(doubles(scale.spread()))
                        .addAllAnswer(doubles(answers()))
                        .build();
        return ModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(IsolationForestModel.class.getName())
                .setSerializedData(Any.pack(proto))
                .build();
    }

    /**
     * Reads a model back; called by Tribuo.
     *
     * @throws IllegalArgumentException for an unknown version, another output type or arrays that
     *     do not describe a forest
     */
    public static IsolationForestModel deserializeFromProto(
            int version, String className, Any message) throws InvalidProtocolBufferException {
        if (version != CURRENT_VERSION) {
            throw new IllegalArgumentException(
                    "Isolation forest of another version: found="
                            + version
                            + " expected="
                            + CURRENT_VERSION);
        }
        IsolationForestProto proto = message.unpack(IsolationForestProto.class);
        ByteString metadata = proto.getMetadata();
        ModelDataCarrier<?> carrier =
                ModelDataCarrier.deserialize(ModelDataProto.parseFrom(metadata));
        if (!AnomalyInfo.class.isInstance(carrier.outputDomain())) {
            throw new IllegalArgumentException(
                    "Isolation forest of another output: found="
                            + carrier.outputDomain().getClass().getName()
                            + " expected="
                            + AnomalyInfo.class.getName());
        }
        @SuppressWarnings("unchecked")
        ImmutableOutputInfo<Event> outputs = (ImmutableOutputInfo<Event>) carrier.outputDomain();
        IsolationForestModel model =
                new IsolationForestModel(
                        carrier.name(),
                        carrier.provenance(),
                        carrier.featureDomain(),
                        outputs,
                        forest(proto, carrier.featureDomain().size()),
                        proto.getThreshold(),
                        new RobustScale(
                                doubles(proto.getMedianCount(), proto::getMedian),
                                doubles(proto.getSpreadCount(), proto::getSpread)));
        double[] answers = model.answers();
        Probes.requireEqual(proto.getAnswerList(), row -> answers[row]);
        return model;
    }

    /** Returns the scores of the probe rows. */
    private double[] answers() {
        double[] rows = new Probes(scale.median(), scale.spread()).rows();
        double[] answers = new double[Probes.ROWS];
        int d = inputs.size();
        Arrays.setAll(answers, row -> score(Arrays.copyOfRange(rows, row * d, (row + 1) * d)));
        return answers;
    }

    private static IsolationForest forest(IsolationForestProto proto, int inputs) {
        int[] feature = ints(proto.getFeatureCount(), proto::getFeature);
        int[] right = ints(proto.getRightCount(), proto::getRight);
        double[] split = doubles(proto.getSplitCount(), proto::getSplit);
        int[] size = ints(proto.getSizeCount(), proto::getSize);
        boolean fits = size.length > 0 && size[0] == proto.getSampleSize();
        for (int node = 0; fits && node < feature.length; node++) {
            boolean isBlank = node < right.length && right[node] == 0;
            isBlank = isBlank && node < split.length && Double.compare(split[node], 0) == 0;
            fits = feature[node] >= 0 || isBlank;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "Not a forest: first tree holds other than sampleSize="
                            + proto.getSampleSize()
                            + " rows, or a leaf has a split or a child");
        }
        return new IsolationForest(
                proto.getSampleSize(),
                inputs,
                ints(proto.getRootCount(), proto::getRoot),
                feature,
                right,
                split,
                size);
    }

    private static List<Integer> ints(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int[] ints(int count, IntUnaryOperator get) {
        int[] values = new int[count];
        Arrays.setAll(values, get);
        return values;
    }

    private static List<Double> doubles(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] doubles(int count, IntToDoubleFunction get) {
        double[] values = new double[count];
        Arrays.setAll(values, get);
        return values;
    }

    /** Refuses Java serialization, which would lose the forest. */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName() + ": use serializeToFile");
    }
}
