package io.microstream.job.features;

import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.ArrayDeque;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps {@link RollingFeatures} for each symbol, warm from the history before the symbol's first
 * bar.
 */
final class FeatureRolling extends KeyedProcessFunction<String, Bar, FeatureVector> {

    private static final long serialVersionUID = 1L;

    /** As many as a regime filter remembers. */
    private static final int WARM_UP_VECTORS = 240;

    private final BarHistory history;
    private transient ValueState<RollingFeatures> rolling;
    private transient Counter revisionsBeyondHorizon;

    FeatureRolling(BarHistory history) {
        this.history = history;
    }

    @Override
    public void open(OpenContext context) {
        rolling =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "rolling-features",
                                        TypeInformation.of(RollingFeatures.class)));
        revisionsBeyondHorizon =
                getRuntimeContext().getMetricGroup().counter("revisionsBeyondHorizon");
    }

    @Override
    public void processElement(Bar bar, Context context, Collector<FeatureVector> out)
            throws Exception {
        RollingFeatures features = rolling.value();
        if (features == null) {
            features = warm(bar, context);
        }
        if (!features.update(bar, out::collect)) {
            revisionsBeyondHorizon.inc();
        }
        rolling.update(features);
    }

    private RollingFeatures warm(Bar first, Context context) {
        RollingFeatures features = new RollingFeatures(first.symbol());
        ArrayDeque<FeatureVector> newest = new ArrayDeque<>();
        for (Bar bar :
                history.before(first.symbol(), first.openTimeMs(), RollingFeatures.BASELINE_BARS)) {
            features.update(bar, newest::add);
            if (newest.size() > WARM_UP_VECTORS) {
                newest.removeFirst();
            }
        }
        newest.forEach(vector -> context.output(RollingFeatureStream.WARM_UP, asHistory(vector)));
        return features;
    }

    private static FeatureVector asHistory(FeatureVector vector) {
        return new FeatureVector(
                vector.symbol(),
                vector.openTimeMs(),
                vector.schemaVersion(),
                FeatureVector.HISTORY,
                vector.values());
    }
}
