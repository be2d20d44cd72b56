package io.microstream.job.bars;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The id of the run, kept in the state of the operators that make bars: a run that is restored goes
 * on under the id it began with, whoever restores it and wherever. One that began before runs had
 * ids goes on without (0).
 */
public final class RunIdState {

    private static final String KEY = "id";

    private RunIdState() {}

    /**
     * Returns an id for a run that is about to start: microseconds since the epoch, unlike others.
     */
    public static long fresh() {
        return TimeUnit.MILLISECONDS.toMicros(InstantSource.system().millis())
                + ThreadLocalRandom.current().nextInt(1000);
    }

    /**
     * Returns the id in the state; that of a fresh start, which it keeps, if nothing is restored.
     */
    static long restore(FunctionInitializationContext context, long fresh) throws Exception {
        BroadcastState<String, Long> state =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>("run", Types.STRING, Types.LONG));
        if (!context.isRestored()) {
            state.put(KEY, fresh);
        }
        Long runId = state.get(KEY);
        return runId == null ? 0 : runId;
    }
}
