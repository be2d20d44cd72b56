package io.microstream.job.features;

import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps {@link RollingFeatures} for each symbol, warm from the history before the symbol's first
 * bar. A provisional bar gives a vector and leaves the state as it was.
 */
final class FeatureRolling extends KeyedProcessFunction<String, Bar, FeatureVector> {

    private static final long serialVersionUID = 1L;

    /** Number of vectors that warm a regime filter: as many as it remembers. */
    private static final int WARM_UP_VECTORS = 240;

    private final BarHistory history;
    private transient ValueState<RollingFeatures> rolling;
    private transient Counter revisionsBeyondHorizon;

    /** Symbols whose history was asked for before their first minute was over. */
    private transient Set<String> askedEarly;

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
        askedEarly = new HashSet<>();
        revisionsBeyondHorizon =
                getRuntimeContext().getMetricGroup().counter("revisionsBeyondHorizon");
    }

    @Override
    public void processElement(Bar bar, Context context, Collector<FeatureVector> out)
            throws Exception {
        RollingFeatures features = rolling.value();
        if (!bar.isFinal()) {
            preview(bar, features, context, out);
            return;
        }
        if (features == null) {
            features = warm(bar, history(bar), context);
        }
        if (!features.update(bar, out::collect)) {
            revisionsBeyondHorizon.inc();
        }
        rolling.update(features);
    }

    /**
     * Emits the vector that a provisional bar would give if its minute ended now. In a symbol's
     * first minute the features are warm only if the history reaches up to that minute already.
     */
    private void preview(
            Bar bar, RollingFeatures known, Context context, Collector<FeatureVector> out)
            throws Exception {
        RollingFeatures features = known;
        if (features == null && askedEarly.add(bar.symbol())) {
            List<Bar> before = history(bar);
            if (reaches(bar, before)) {
                features = warm(bar, before, context);
                rolling.update(features);
            }
        }
        if (features == null) {
            features = new RollingFeatures(bar.symbol());
        }
        features.preview(bar).ifPresent(out::collect);
    }

    /**
     * Returns whether the history ends right before the first minute. If it does not, the last
     * kline may be there when that minute is over.
     */
    private static boolean reaches(Bar first, List<Bar> before) {
        return !before.isEmpty()
                && before.get(before.size() - 1).openTimeMs() == first.openTimeMs() - Bar.MINUTE_MS;
    }

    private List<Bar> history(Bar first) {
        return history.before(first.symbol(), first.openTimeMs(), RollingFeatures.BASELINE_BARS);
    }

    private static RollingFeatures warm(Bar first, List<Bar> before, Context context) {
        RollingFeatures features = new RollingFeatures(first.symbol());
        ArrayDeque<FeatureVector> newest = new ArrayDeque<>();
        for (Bar bar : before) {
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
