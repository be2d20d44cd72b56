package io.microstream.binance.trades;

import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;

/**
 * Reports what went wrong with one symbol, once: single events as they happen, repairs and repeats
 * by runs of ids. A repair is reported when the stream has gone on behind it, since only then is it
 * known what the stream did not bring.
 */
final class FaultReports {

    private static final String SKIPPED = "not on the stream";
    private static final int RUN_IS_OVER_AFTER = 64;
    private static final Duration RUN_IS_OVER = Duration.ofSeconds(5);
    private static final Duration LONG_REPAIR = Duration.ofMinutes(5);

    private final String symbol;
    private final TradeOrder order;
    private final FeedParts parts;
    private final IdRun repaired = new IdRun();
    private final IdRun repeated = new IdRun();
    private String cause;
    private int emittedSinceRepeat;
    private long newestRepeatNanos;
    private long repairedSinceNanos;

    FaultReports(String symbol, TradeOrder order, FeedParts parts) {
        this.symbol = symbol;
        this.order = order;
        this.parts = parts;
    }

    /** Sets why trades fetched from now on are missing; null if that is no fault. */
    void because(String why) {
        reportRepaired();
        cause = why;
    }

    /** A trade goes out; {@code fetched} if REST brought it. */
    void emitted(long id, long timeUs, boolean fetched) {
        if (fetched && cause != null) {
            if (repaired.isEmpty()) {
                repairedSinceNanos = parts.now();
            }
            repaired.add(id, timeUs);
            parts.counts().repaired++;
        } else if (!fetched) {
            reportRepaired();
            cause = SKIPPED;
        }
        if (!repeated.isEmpty() && ++emittedSinceRepeat >= RUN_IS_OVER_AFTER) {
            reportRepeated();
        }
    }

    /** A connection showed a trade twice. */
    void repeated(long id, long timeUs) {
        parts.counts().duplicates++;
        emittedSinceRepeat = 0;
        newestRepeatNanos = parts.now();
        repeated.add(id, timeUs);
    }

    /** The stream was only slower than REST: nothing was missing on it. */
    void overtaken(long id) {
        if (!repaired.isEmpty()) {
            long before = repaired.count;
            repaired.takeBack(id);
            parts.counts().repaired -= before - repaired.count;
        }
    }

    /**
     * Once a second.
     *
     * @param nothingToTakeBack true if the stream cannot show any more what was fetched
     */
    void sweep(long now, boolean nothingToTakeBack) {
        if (now - newestRepeatNanos > RUN_IS_OVER.toNanos()) {
            reportRepeated();
        }
        if (nothingToTakeBack || now - repairedSinceNanos > LONG_REPAIR.toNanos()) {
            reportRepaired();
        }
    }

    /** Reports all runs that are still open. */
    void reportOpen() {
        reportRepaired();
        reportRepeated();
    }

    /** Reports a fault of the symbol at its newest id and the exchange's time. */
    void report(Kind kind, String detail) {
        long id = order.lastId();
        long atUs = Math.max(parts.streams().exchangeTimeUs(), order.newestTimeUs());
        boolean nothingHasCome = atUs <= 0;
        if (nothingHasCome && kind == Kind.REFUSED) {
            atUs = parts.streams().wallTimeUs();
        }
        if (!nothingHasCome || kind != Kind.DISCONNECT) {
            report(kind, Math.max(0, atUs), id, id, 0, 0, detail);
        }
    }

    /** A message that could not be read. */
    void deadLetter(long number, String detail) {
        boolean waits = order.newestTimeUs() < 0 && !order.held().isEmpty();
        long atUs = waits ? order.held().firstTimeUs() : order.newestTimeUs();
        report(Kind.MALFORMED, Math.max(0, atUs), number, number, 0, 1, detail);
    }

    void reportRepaired() {
        if (!repaired.isEmpty()) {
            String detail = cause + ", fetched";
            long lastId = repaired.lastIdLeft();
            report(Kind.GAP, repaired.timeUs, repaired.firstId, lastId, repaired.count, 0, detail);
            repaired.clear();
        }
    }

    private void reportRepeated() {
        if (!repeated.isEmpty()) {
            long count = repeated.count;
            String detail = "dropped=" + count;
            report(
                    Kind.DUPLICATE,
                    repeated.timeUs,
                    repeated.firstId,
                    repeated.lastId,
                    0,
                    count,
                    detail);
            repeated.clear();
        }
    }

    private void report(
            Kind kind,
            long atUs,
            long firstId,
            long lastId,
            long fetched,
            long rows,
            String detail) {
        parts.out()
                .fault(
                        new DataQuality(
                                symbol, atUs, kind, firstId, lastId, 0, fetched, rows, detail));
    }
}
