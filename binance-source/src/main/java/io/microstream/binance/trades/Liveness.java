package io.microstream.binance.trades;

import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes a symbol without trades from a dead stream. Silence alone proves nothing: REST is
 * asked what follows the newest trade, and by when. Nothing follows: the symbol is complete, proven
 * up to the exchange's clock. Something follows, and the stream does not bring it: the stream is
 * stalled, and REST takes its place until it is back.
 *
 * <p>Remedies, each after the one before has failed: subscribe anew; another connection; an alarm,
 * and again from time to time.
 */
final class Liveness {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);
    private static final Duration JOIN = Duration.ofSeconds(1);
    private static final Duration NEXT_REMEDY = Duration.ofSeconds(20);
    private static final Duration SLOW_REMEDY = Duration.ofSeconds(60);
    private static final Duration LONG_SILENCE = Duration.ofMinutes(2);
    private static final long NOT_DUE = Long.MAX_VALUE;

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private final CompletenessMarks marks;
    private long newestStreamNanos;
    private long nextProbeNanos;
    private long joinNanos = NOT_DUE;
    private long nextPollNanos;
    private long nextRemedyNanos;
    private int remedies;
    private boolean probing;
    private boolean polled;
    private boolean halted;
    private final Refusals refusals = new Refusals();

    Liveness(SymbolFeed feed, TradeOrder order, FeedParts parts, CompletenessMarks marks) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
        this.marks = marks;
        this.newestStreamNanos = parts.now();
    }

    /** Notes that the stream has brought something of the symbol. */
    void sawStream() {
        newestStreamNanos = parts.now();
        nextProbeNanos = 0;
        joinNanos = NOT_DUE;
        if (polled) {
            polled = false;
            LOG.info("Stream is back: symbol={} remedies={}", feed.symbol(), remedies);
        }
        remedies = 0;
        halted = false;
    }

    /**
     * A new subscription may have begun behind the newest trade: its first message says, or REST.
     */
    void joinSoon() {
        joinNanos = parts.now() + JOIN.toNanos();
    }

    boolean isPolled() {
        return polled;
    }

    boolean isHalted() {
        return halted;
    }

    /** True if the stream has been silent for so long that only REST could say why. */
    boolean isLongSilent() {
        return silenceNanos(parts.now()) >= LONG_SILENCE.toNanos();
    }

    long silenceNanos(long now) {
        return now - newestStreamNanos;
    }

    /** True if REST is to be asked whether trading goes on. */
    boolean wantsProbe(long now) {
        return !probing
                && order.hasBegun()
                && !order.hasReachedStop()
                && !order.hasGap()
                && silenceNanos(now) >= parts.config().silence().toNanos()
                && now >= nextProbeNanos
                && !parts.streams().isBehind(feed.symbol());
    }

    /** Probes, polls or resubscribes as far as that is due; called once a second. */
    void sweep(long now) {
        if (now >= joinNanos && order.hasBegun() && !parts.streams().isBehind(feed.symbol())) {
            joinNanos = NOT_DUE;
            feed.catchUp();
        }
        if (polled && now >= nextPollNanos) {
            nextPollNanos = now + parts.config().pollEvery().toNanos();
            feed.catchUp();
        }
        if (polled && now >= nextRemedyNanos) {
            remedy(now);
        }
    }

    /** Asks what follows the newest trade; {@code serverTimeUs} was read before. */
    void probe(long serverTimeUs) {
        if (probing || feed.isOver()) {
            return;
        }
        probing = true;
        parts.counts().probes++;
        int era = order.era();
        long askedId = order.lastId();
        parts.whenAnswered(
                parts.history()
                        .from(
                                feed.symbol(),
                                askedId + 1,
                                TradeHistory.PAGE,
                                TradeHistory.Urgency.PROBE),
                (rows, failure) -> answered(era, askedId, serverTimeUs, rows, failure));
    }

    private void answered(
            int era, long askedId, long serverTimeUs, List<Trade> rows, Throwable failure) {
        probing = false;
        if (feed.isOver() || era != order.era()) {
            return;
        }
        String refusal = refusals.definite(failure, parts.now());
        if (refusal != null && isLongSilent()) {
            feed.refused(refusal);
        } else if (failure != null) {
            parts.counts().restFailures++;
            probeLater();
        } else if (order.lastId() != askedId) {
            probeLater();
        } else if (rows.isEmpty()) {
            marks.prove(serverTimeUs, order.newestTimeUs());
            nextProbeNanos = parts.now() + marks.pauseNanos(serverTimeUs);
        } else if (polled) {
            feed.fetched(rows, true);
            probeLater();
        } else {
            probing = true;
            parts.loop().after(parts.config().grace(), () -> compare(era, rows));
        }
    }

    private void probeLater() {
        nextProbeNanos = parts.now() + parts.config().silence().toNanos();
    }

    /** Compares what the stream has shown by now with what REST knew a while ago. */
    private void compare(int era, List<Trade> rows) {
        probing = false;
        long firstId = rows.get(0).id();
        if (feed.isOver() || era != order.era() || order.lastId() >= firstId) {
            return;
        }
        if (order.streamedId() >= firstId) {
            feed.catchUp();
            return;
        }
        if (parts.streams().isBehind(feed.symbol())) {
            probing = true;
            parts.loop().after(parts.config().grace(), () -> compare(era, rows));
            return;
        }
        if (!polled) {
            polled = true;
            parts.counts().stalls++;
            feed.stalled(
                    "silent, while trades from " + rows.get(0).id() + " on were known to REST");
            LOG.warn(
                    "Stream silent although trades go on, polling REST: symbol={} lastId={} restId={}",
                    feed.symbol(),
                    order.lastId(),
                    rows.get(rows.size() - 1).id());
        }
        feed.fetched(rows, true);
        probeLater();
        nextPollNanos = parts.now();
        nextRemedyNanos = parts.now();
    }

    private void remedy(long now) {
        remedies++;
        nextRemedyNanos = now + NEXT_REMEDY.toNanos();
        if (remedies == 1) {
            parts.streams().resubscribe(feed.symbol());
        } else if (remedies == 2) {
            parts.streams().replaceConnection(feed.symbol());
        } else {
            if (remedies == 3) {
                LOG.error(
                        "Degraded: the stream stays silent through a new subscription and a new"
                                + " connection; REST is polled until it returns: symbol={}",
                        feed.symbol());
                feed.report(
                        DataQuality.Kind.STALL,
                        "degraded: polled by REST until the stream returns");
            }
            nextRemedyNanos = now + SLOW_REMEDY.toNanos();
            parts.streams().resubscribe(feed.symbol());
        }
    }

    /** The exchange says whether the symbol is traded at all. */
    void halted(boolean now) {
        if (now && !halted) {
            feed.report(DataQuality.Kind.HALT, "the exchange has stopped trading in the symbol");
            LOG.warn("Trading halted: symbol={}", feed.symbol());
        }
        halted = now;
    }
}
