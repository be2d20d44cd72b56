package io.microstream.job.bars;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;

/**
 * Counters that are exact through failures: accumulators of the job whose values are checkpointed
 * with the operator that counts, so what is counted again after a restore is counted once. The same
 * values are gauges of the operator, for monitoring while the job runs.
 *
 * <p>Limit: Flink forgets the operator state of a subtask that has ended. Where several readers
 * share the feed and a failure comes after one of them has ended, the counts of its share are lost;
 * rows are not.
 */
final class CheckpointedCounters {

    private final Map<String, LongCounter> counters = new LinkedHashMap<>();
    private ListState<Tuple2<String, Long>> state;

    /** Returns the counter of a name, and makes it at zero if there is none yet. */
    LongCounter add(String name) {
        return counters.computeIfAbsent(name, absent -> new LongCounter());
    }

    /** Adds the counts of a checkpoint, if there is one, to the counters. */
    void restore(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "counters", Types.TUPLE(Types.STRING, Types.LONG)));
        for (Tuple2<String, Long> counted : state.get()) {
            add(counted.f0).add(counted.f1);
        }
    }

    /** Puts the counts into the checkpoint that is being taken. */
    void snapshot(FunctionSnapshotContext context) throws Exception {
        List<Tuple2<String, Long>> counted = new ArrayList<>();
        counters.forEach((name, counter) -> counted.add(Tuple2.of(name, counter.getLocalValue())));
        state.update(counted);
    }

    /** Registers each counter as an accumulator of the job and as a gauge of the operator. */
    void register(RuntimeContext runtime) {
        counters.forEach(
                (name, counter) -> {
                    runtime.addAccumulator(name, counter);
                    runtime.getMetricGroup().gauge(name, counter::getLocalValue);
                });
    }
}
