package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.models.ModelRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * inputs is the lower of both, so by then every model that takes effect up to this bar has come in
 * on the control stream. Vectors leave the wait in open-time order.
 *
 * <p>A provisional vector does not wait and leaves no trace: it is scored at once by the model that
 * is in force for its bar as far as is known. Its final one follows on the same way and waits, so
 * its signal comes later.
 *
 * @param <OUT> signal
 */
abstract class VectorScoring<OUT>
        extends KeyedBroadcastProcessFunction<String, FeatureVector, ModelUpdate, OUT> {

    private static final long serialVersionUID = 1L;

    private final ModelRole role;
    private transient ListState<FeatureVector> waiting;

    VectorScoring(ModelRole role) {
        this.role = role;
    }

    /** Scores a vector by a model; called in open-time order, except for revisions. */
    abstract void score(FeatureVector vector, ModelUpdate model, Collector<OUT> out)
            throws Exception;

    /**
     * Scores a provisional vector by a model, without changing any state.
     *
     * @param waiting final vectors that have not been scored yet, by open time
     */
    abstract void preview(
            FeatureVector vector,
            List<FeatureVector> waiting,
            ModelUpdate model,
            Collector<OUT> out)
            throws Exception;

    @Override
    public void open(OpenContext context) throws Exception {
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
        if (model.role().equals(role.name())) {
            context.getBroadcastState(ModelBroadcast.STATE).put(ModelBroadcast.key(model), model);
        }
    }

    @Override
    public void processElement(FeatureVector vector, ReadOnlyContext context, Collector<OUT> out)
            throws Exception {
        if (vector.isProvisional()) {
            ModelUpdate model = select(vector, context);
            if (model != null) {
                preview(vector, waitingByTime(), model, out);
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

    private ModelUpdate select(FeatureVector vector, ReadOnlyContext context) throws Exception {
        return ModelBroadcast.select(
                context.getBroadcastState(ModelBroadcast.STATE),
                vector.symbol(),
                vector.openTimeMs());
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
            ModelUpdate model = select(vector, context);
            if (model != null) {
                score(vector, model, out);
            }
        }
    }
}
