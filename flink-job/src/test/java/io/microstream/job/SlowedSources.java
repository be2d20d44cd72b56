package io.microstream.job;

import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sources whose trades from a time on come one by one, a few a minute of their time, until the test
 * has seen what it wants: then they come as they would. However slow the machine, there are minutes
 * that run for long.
 *
 * @param sources what comes
 * @param fromMs from when on, milliseconds since the epoch
 * @param id of the latch, so that copies inside tasks find it
 */
public record SlowedSources(JobSources sources, long fromMs, int id) implements JobSources {

    private static final long PAUSE_MS = 30;
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Map<Integer, CountDownLatch> SEEN = new ConcurrentHashMap<>();

    /** Slow from a time on. */
    public static SlowedSources from(long fromMs, JobSources sources) {
        int id = MADE.incrementAndGet();
        SEEN.put(id, new CountDownLatch(1));
        return new SlowedSources(sources, fromMs, id);
    }

    /** Enough has been seen. */
    public void release() {
        SEEN.get(id).countDown();
    }

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        DataStream<FeedEvent> feed = sources.feed(env);
        return feed.map(new Slowed(fromMs * 1000, id))
                .returns(feed.getType())
                .uid("slowed")
                .setParallelism(feed.getParallelism());
    }

    @Override
    public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
        return sources.models(env);
    }

    @Override
    public BarHistory history() {
        return sources.history();
    }

    private record Slowed(long fromUs, int id) implements MapFunction<FeedEvent, FeedEvent> {
        @Override
        public FeedEvent map(FeedEvent event) throws InterruptedException {
            if (event instanceof Trade trade && trade.timeUs() >= fromUs) {
                SEEN.get(id).await(PAUSE_MS, TimeUnit.MILLISECONDS);
            }
            return event;
        }
    }
}
