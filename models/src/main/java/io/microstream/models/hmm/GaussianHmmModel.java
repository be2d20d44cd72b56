package io.microstream.models.hmm;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import io.microstream.market.Regime;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.Probes;
import io.microstream.models.features.RootLocale;
import io.microstream.models.features.Standardisation;
import io.microstream.models.features.TrainingRecord;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import io.microstream.models.hmm.labelling.RegimeMapping;
import io.microstream.models.protos.GaussianHmmProto;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

/**
 * A Gaussian hidden Markov model with the standardisation of its inputs and the regimes of its
 * states, as a Tribuo model.
 *
 * <p>{@link #predict(SequenceExample)} gives smoothed probabilities of the regimes, for evaluation
 * of whole sequences; it uses rows after the one it describes. The job runs {@link OnlineFilter} on
 * {@link #parameters} instead. Arrays hold the {@link #inputs} in their order. Immutable but for
 * Tribuo's name; thread-safe.
 */
public final class GaussianHmmModel extends SequenceModel<Label> {

    private static final long serialVersionUID = 1L;

    /** Version of the serialized form of this model. */
    public static final int CURRENT_VERSION = 0;

    private static final Regime[] ALL = Regime.values();

    private final transient Standardisation scaling;
    private final transient HmmParameters parameters;
    private final transient RegimeLabelling labelling;
    private final double[] logLikelihoods;
    private final transient SurpriseLimit surpriseLimit;
    private final transient List<String> inputs;

    GaussianHmmModel(
            TrainingRecord record,
            Standardisation scaling,
            HmmParameters parameters,
            RegimeLabelling labelling,
            double[] logLikelihoods) {
        this(
                "gaussian-hmm",
                record.provenance(),
                record.features(),
                regimes(),
                scaling,
                parameters,
                labelling,
                logLikelihoods,
                null);
    }

    private GaussianHmmModel(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<Label> outputs,
            Standardisation scaling,
            HmmParameters parameters,
            RegimeLabelling labelling,
            double[] logLikelihoods,
            SurpriseLimit surpriseLimit) {
        super(name, provenance, features, outputs);
        boolean fits =
                features.size() == parameters.dimension()
                        && scaling.size() == parameters.dimension()
                        && labelling.mapping().regimes().size() == parameters.states();
        if (!fits) {
            throw new IllegalArgumentException(
                    "Gaussian HMM: features="
                            + features.size()
                            + " scales="
                            + scaling.size()
                            + " dimension="
                            + parameters.dimension()
                            + " states="
                            + parameters.states()
                            + " regimes="
                            + labelling.mapping().regimes());
        }
        this.scaling = scaling;
        this.parameters = parameters;
        this.labelling = labelling;
        this.logLikelihoods = logLikelihoods.clone();
        this.surpriseLimit = surpriseLimit;
        this.inputs = features.keySet().stream().sorted().toList();
    }

    private static ImmutableOutputInfo<Label> regimes() {
        Map<Label, Integer> ids = new LinkedHashMap<>();
        for (Regime regime : ALL) {
            ids.put(new Label(regime.name()), regime.ordinal());
        }
        return new LabelFactory().constructInfoForExternalModel(ids);
    }

    /** Returns the names of the inputs, in the order of the arrays. */
    public List<String> inputs() {
        return inputs;
    }

    /** Returns the standardisation that maps raw inputs to the units of the parameters. */
    public Standardisation scaling() {
        return scaling;
    }

    /** Returns the parameters, in standardised units. */
    public HmmParameters parameters() {
        return parameters;
    }

    /** Returns the regimes of the states, and how they were derived. */
    public RegimeLabelling labelling() {
        return labelling;
    }

    /** Returns the total log likelihood of the training rows before each step of Baum-Welch. */
    public double[] logLikelihoods() {
        return logLikelihoods.clone();
    }

    /**
     * Returns the limit above which a row is surprising; empty if it was not measured, and then no
     * row is.
     */
    public Optional<SurpriseLimit> surpriseLimit() {
        return Optional.ofNullable(surpriseLimit);
    }

    /**
     * Returns the same model with a {@link SurpriseLimit} measured on rows, usually those it was
     * trained on.
     *
     * @param rows inputs in raw units
     * @param lengths rows in each unbroken sequence, in order
     * @param share of the rows that may exceed the limit, such as the contamination of the
     *     isolation forest used with it
     * @throws IllegalArgumentException if rows or share do not fit
     */
    public GaussianHmmModel withSurpriseLimit(FeatureMatrix rows, int[] lengths, double share) {
        return new GaussianHmmModel(
                getName(),
                getProvenance(),
                getFeatureIDMap(),
                getOutputIDInfo(),
                scaling,
                parameters,
                labelling,
                logLikelihoods,
                SurpriseLimit.of(this, rows, lengths, share));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Scores are the smoothed probabilities of all three regimes.
     *
     * @throws IllegalArgumentException if an example lacks an input or holds one that is not finite
     */
    @Override
    public List<Prediction<Label>> predict(SequenceExample<Label> sequence) {
        if (sequence.size() == 0) {
            return List.of();
        }
        int d = inputs.size();
        double[] values = new double[sequence.size() * d];
        for (int row = 0; row < sequence.size(); row++) {
            FeatureExamples.read(sequence.get(row), inputs, values, row * d);
        }
        scaling.apply(values, values);
        double[] posterior = new ForwardBackward(parameters).smoothed(Observations.of(values, d));
        List<Prediction<Label>> predictions = new ArrayList<>();
        double[] byRegime = new double[ALL.length];
        for (int row = 0; row < sequence.size(); row++) {
            int first = row * parameters.states();
            labelling
                    .mapping()
                    .sum(
                            Arrays.copyOfRange(posterior, first, first + parameters.states()),
                            byRegime);
            predictions.add(prediction(sequence.get(row), byRegime));
        }
        return predictions;
    }

    private Prediction<Label> prediction(Example<Label> example, double[] byRegime) {
        Map<String, Label> scores = new LinkedHashMap<>();
        for (Regime regime : ALL) {
            scores.put(regime.name(), new Label(regime.name(), byRegime[regime.ordinal()]));
        }
        Label best = scores.get(RegimeMapping.mostProbable(byRegime).name());
        return new Prediction<>(best, scores, inputs.size(), example, true);
    }

    /** {@inheritDoc} Returns an empty map: every input takes part in every state. */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        return Map.of();
    }

    @Override
    public SequenceModelProto serialize() {
        GaussianHmmProto.Builder proto =
                GaussianHmmProto.newBuilder()
                        .setMetadata(RootLocale.call(createDataCarrier()::serialize).toByteString())
                        .addAllInputMean(list(scaling.mean()))
                        .addAllInputScale(list(scaling.scale()))
                        .addAllStart(list(parameters.start()))
                        .addAllTransition(list(parameters.transition()))
                        .addAllMean(list(parameters.mean()))
                        .addAllCovariance(list(parameters.covariance()))
                        .addAllStress(labelling.stress())
                        .addAllOccupancy(labelling.occupancy())
                        .addAllMeanRange(labelling.meanRange())
                        .setRangeP90(labelling.rangeP90())
                        .addAllReason(labelling.reasons())
                        .addAllLogLikelihood(list(logLikelihoods))
                        .addAllAnswer(list(answers()));
        labelling.mapping().regimes().forEach(regime -> proto.addRegime(regime.ordinal()));
        surpriseLimit()
                .ifPresent(
                        limit ->
                                proto.getSurpriseBuilder()
                                        .setThreshold(limit.threshold())
                                        .setShare(limit.share())
                                        .setRows(limit.rows()));
        return SequenceModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(GaussianHmmModel.class.getName())
                .setSerializedData(Any.pack(proto.build()))
                .build();
    }

    /**
     * Reads a model back; called by Tribuo.
     *
     * @throws IllegalArgumentException for an unknown version, another output type or parameters
     *     that are not valid
     */
    public static GaussianHmmModel deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        if (version != CURRENT_VERSION) {
            throw new IllegalArgumentException(
                    "Gaussian HMM of another version: found="
                            + version
                            + " expected="
                            + CURRENT_VERSION);
        }
        GaussianHmmProto proto = message.unpack(GaussianHmmProto.class);
        ModelDataCarrier<?> carrier =
                ModelDataCarrier.deserialize(ModelDataProto.parseFrom(proto.getMetadata()));
        SerializedHmm.requireRegimes(carrier.outputDomain());
        @SuppressWarnings("unchecked")
        ImmutableOutputInfo<Label> outputs = (ImmutableOutputInfo<Label>) carrier.outputDomain();
        SerializedHmm.requireSize(proto);
        GaussianHmmModel model =
                new GaussianHmmModel(
                        carrier.name(),
                        carrier.provenance(),
                        carrier.featureDomain(),
                        outputs,
                        new Standardisation(
                                array(proto.getInputMeanList()), array(proto.getInputScaleList())),
                        new HmmParameters(
                                array(proto.getStartList()),
                                array(proto.getTransitionList()),
                                array(proto.getMeanList()),
                                array(proto.getCovarianceList())),
                        SerializedHmm.labelling(proto),
                        array(proto.getLogLikelihoodList()),
                        proto.hasSurprise() ? SerializedHmm.limit(proto.getSurprise()) : null);
        double[] answers = model.answers();
        Probes.requireEqual(proto.getAnswerList(), row -> answers[row]);
        return model;
    }

    /** Returns the surprises of the probes, as if they were a minute apart. */
    private double[] answers() {
        double[] rows = new Probes(scaling.mean(), scaling.scale()).rows();
        scaling.apply(rows, rows);
        OnlineFilter filter = new OnlineFilter(parameters);
        double[] lnAlpha = new double[filter.states()];
        filter.start(lnAlpha);
        double[] answers = new double[Probes.ROWS];
        int d = inputs.size();
        for (int row = 0; row < answers.length; row++) {
            answers[row] = filter.step(lnAlpha, Arrays.copyOfRange(rows, row * d, (row + 1) * d));
        }
        return answers;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Refuses Java serialization, which would lose the parameters. */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName() + ": use serializeToFile");
    }
}
