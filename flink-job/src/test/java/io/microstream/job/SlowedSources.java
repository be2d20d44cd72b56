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
 * Sources that emit trades slowly from a time on, until the test releases them. However slow the
 * machine, minutes then run long enough for provisional rows.
 *
 * @param sources the sources that are slowed
 * @param fromMs the time of the first slow trade, in milliseconds since the epoch
 * @param id the id of the latch, by which copies inside tasks find it
 */
public record SlowedSources(JobSources sources, long fromMs, int id) implements JobSources {

    private static final long PAUSE_MS = 30;
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Map<Integer, CountDownLatch> SEEN = new ConcurrentHashMap<>();

    /** Returns sources that are slow from a time on. */
    public static SlowedSources from(long fromMs, JobSources sources) {
        int id = MADE.incrementAndGet();
        SEEN.put(id, new CountDownLatch(1));
        return new SlowedSources(sources, fromMs, id);
    }

    /** Ends the delays, so that the rest comes at full speed. */
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
