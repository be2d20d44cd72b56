package io.microstream.binance.source.reader;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.trades.RestHistory;
import io.microstream.binance.trades.TradeFeed;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.JdkRestTransport;
import io.microstream.binance.transport.rest.Priority;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.transport.rest.RestOutcome;
import io.microstream.binance.transport.rest.WeightBudget;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.websocket.JdkStreamTransport;
import io.microstream.binance.transport.websocket.StreamLimits;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the live feed of a reader together with the network. */
final class LiveConnections {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConnections.class);

    private LiveConnections() {}

    /**
     * @param reader number of the reader, so that readers do not all do the same at the same moment
     */
    static LiveReader open(LiveConfig config, LiveCounts counts, int reader) {
        EventLoop loop = new EventLoop(ProcessClock::nanoTime, config.timeFactor());
        StreamLimits limits =
                StreamLimits.DEFAULT.withMemory(config.inboxBytes(), config.messageBytes());
        InstantSource clock = InstantSource.system();
        JdkStreamTransport streams = new JdkStreamTransport(loop, limits, clock);
        JdkRestTransport transport = new JdkRestTransport(config.rest());
        URI host = config.rest().baseUrls().get(0);
        BinanceRest rest =
                new BinanceRest(
                        config.rest(),
                        transport,
                        weights(config, host),
                        loop,
                        config.seed() + reader,
                        new Listener(counts, loop),
                        clock);
        FeedConfig feed = config.feed();
        new ClockWatch(loop, () -> rest.serverTimeUs(Priority.PROBE), clock, counts, LOG::warn)
                .check();
        LOG.info("Following live: streams={} rest={}", feed.streams().url(), host);
        return new LiveReader(
                loop,
                out ->
                        new TradeFeed(
                                feed,
                                streams,
                                new RestHistory(rest, feed.kind()),
                                loop,
                                connects(config),
                                out,
                                counts,
                                clock,
                                new SplittableRandom(config.seed() + reader)),
                () -> {
                    rest.close();
                    transport.close();
                    streams.close();
                });
    }

    /** The process's own budgets run in real time; an exchange in a hurry has its own. */
    private static WeightBudget weights(LiveConfig config, URI host) {
        return config.timeFactor() == 1 ? WeightBudget.of(host) : new WeightBudget();
    }

    private static ConnectBudget connects(LiveConfig config) {
        int limit = config.feed().streams().connectsPerFiveMinutes();
        return config.timeFactor() == 1
                ? ConnectBudget.ofHost(config.feed().streams().url().getAuthority(), limit)
                : new ConnectBudget(limit);
    }

    /**
     * Notes what is waited for; logs failed requests once a minute, pauses and changes of host
     * always.
     */
    private static final class Listener implements RestListener {

        private static final long REPORT_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

        private final LiveCounts counts;
        private final EventLoop loop;
        private long nextReportNanos;

        Listener(LiveCounts counts, EventLoop loop) {
            this.counts = counts;
            this.loop = loop;
        }

        @Override
        public void outcome(RestOutcome outcome) {
            counts.usedWeight = outcome.usedWeight();
            String subject = "REST for " + outcome.subject();
            if (outcome.failure() == null) {
                counts.waits.over(subject);
            } else {
                counts.waits.failed(subject, outcome.message(), loop.nanoTime());
                counts.restFailures++;
                if (loop.nanoTime() >= nextReportNanos) {
                    nextReportNanos = loop.nanoTime() + REPORT_EVERY_NANOS;
                    LOG.warn("REST: {}", outcome.message());
                }
            }
        }

        @Override
        public void paused(Duration pause, String reason) {
            LOG.warn("REST is paused: for={} reason={}", pause, reason);
        }

        @Override
        public void switchedHost(URI from, URI to) {
            LOG.warn("REST changes host: from={} to={}", from, to);
        }
    }
}
