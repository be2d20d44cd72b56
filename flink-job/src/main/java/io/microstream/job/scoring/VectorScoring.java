package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.ModelKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Scores vectors by the model that is in force for their bar, whenever the model arrived.
 *
 * <p>A vector waits in keyed state until the watermark has passed its bar. The watermark behind two
 * inputs is the lower of both, so by then every model that takes effect up to this bar has arrived
 * on the control stream. Waiting vectors are scored in open-time order.
 *
 * <p>A provisional vector does not wait and changes no state: it is scored at once by the model
 * that is in force for its bar as far as is known. Its final vector follows on the same path and
 * waits, so its signal comes later.
 *
 * <p>Vectors of several feature schemas may arrive: each is scored by the model of its own schema.
 * Where models are in force but none of them has the schema of a vector, the job fails with a line
 * that names both.
 *
 * @param <S> scorer
 * @param <OUT> signal
 */
abstract class VectorScoring<S, OUT>
        extends KeyedBroadcastProcessFunction<String, FeatureVector, ModelUpdate, OUT> {

    private static final long serialVersionUID = 1L;

    /**
     * Names the kind of models and the schemas of vectors; it is serialized with the operator,
     * which kinds and schemas cannot be.
     */
    @FunctionalInterface
    interface Models<S> extends Serializable {

        /** Returns the kind of the models. */
        ModelKind<?, S> kind();

        /** Returns the schemas of the vectors, of different versions. */
        default List<FeatureSchema> schemas() {
            return List.of(RollingFeatures.SCHEMA);
        }
    }

    private final Models<S> models;
    private transient List<FeatureSchema> schemas;
    private transient String role;
    private transient OpenedModels<S> opened;
    private transient ListState<FeatureVector> waiting;

    VectorScoring(Models<S> models) {
        this.models = models;
    }

    /**
     * Scores a vector by a model and emits its signals; called in open-time order, except for
     * revisions.
     */
    abstract void score(FeatureVector vector, S scorer, Collector<OUT> out) throws Exception;

    /**
     * Scores a provisional vector by a model, without changing any state.
     *
     * @param waiting final vectors that have not been scored yet, by open time
     */
    abstract void preview(
            FeatureVector vector, List<FeatureVector> waiting, S scorer, Collector<OUT> out)
            throws Exception;

    @Override
    public void open(OpenContext context) throws Exception {
        schemas = models.schemas();
        role = models.kind().role().name();
        opened = new OpenedModels<>(models.kind());
        waiting =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "waiting-vectors",
                                        TypeInformation.of(FeatureVector.class)));
    }

    @Override
    public void processBroadcastElement(ModelUpdate model, Context context, Collector<OUT> out)
            throws Exception {
        if (model.role().equals(role)) {
            context.getBroadcastState(ModelBroadcast.STATE).put(ModelBroadcast.key(model), model);
        }
    }

    @Override
    public void processElement(FeatureVector vector, ReadOnlyContext context, Collector<OUT> out)
            throws Exception {
        if (vector.isProvisional()) {
            S scorer = select(vector, context);
            if (scorer != null) {
                preview(vector, waitingByTime(), scorer, out);
            }
            return;
        }
        waiting.add(vector);
        context.timerService().registerEventTimeTimer(dueMs(vector));
    }

    private List<FeatureVector> waitingByTime() throws Exception {
        List<FeatureVector> vectors = new ArrayList<>();
        waiting.get().forEach(vectors::add);
        vectors.sort(Comparator.comparingLong(FeatureVector::openTimeMs));
        return vectors;
    }

    /** Returns the model that scores a vector, or null if none is in force yet. */
    private S select(FeatureVector vector, ReadOnlyContext context) throws Exception {
        FeatureSchema schema = schemaOf(vector);
        ModelUpdate model = select(vector, context, each -> isOf(schema, each));
        if (model != null) {
            return opened.of(model).scorer();
        }
        ModelUpdate other = select(vector, context, each -> true);
        if (other != null) {
            opened.of(other).artifact().requireSchema(schema);
        }
        return null;
    }

    private ModelUpdate select(
            FeatureVector vector, ReadOnlyContext context, Predicate<ModelUpdate> fits)
            throws Exception {
        return ModelBroadcast.select(
                context.getBroadcastState(ModelBroadcast.STATE),
                vector.symbol(),
                vector.openTimeMs(),
                fits);
    }

    private boolean isOf(FeatureSchema schema, ModelUpdate model) {
        return opened.of(model).artifact().schema().equals(schema);
    }

    private FeatureSchema schemaOf(FeatureVector vector) {
        for (FeatureSchema schema : schemas) {
            if (schema.version() == vector.schemaVersion()) {
                return schema;
            }
        }
        throw new IllegalStateException(
                "Vector of a schema that this operator does not score: vector=v"
                        + vector.schemaVersion()
                        + " schemas="
                        + schemas);
    }

    private static long dueMs(FeatureVector vector) {
        return vector.openTimeMs() + Bar.MINUTE_MS - 1;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out)
            throws Exception {
        List<FeatureVector> due = new ArrayList<>();
        List<FeatureVector> early = new ArrayList<>();
        for (FeatureVector vector : waiting.get()) {
            (dueMs(vector) <= timestamp ? due : early).add(vector);
        }
        if (due.isEmpty()) {
            return;
        }
        waiting.update(early);
        due.sort(Comparator.comparingLong(FeatureVector::openTimeMs));
        for (FeatureVector vector : due) {
            S scorer = select(vector, context);
            if (scorer != null) {
                score(vector, scorer, out);
            }
        }
    }
}
