package io.microstream.binance.feed;

import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;

/**
 * The feed of one symbol: what streams show goes into id order, what is missing is fetched, what is
 * silent is asked about, and all that went wrong is told once.
 *
 * <p>Life: it looks for its {@link Beginning}, follows the stream, and ends when its last id is out
 * and the end of that minute is proven, or as well as it can be.
 */
final class SymbolFeed implements TradeOrder.Listener {

    private static final String SKIPPED = "not on the stream";
    private static final int RUN_IS_OVER_AFTER = 64;
    private static final Duration RUN_IS_OVER = Duration.ofSeconds(5);
    private static final Duration LONG_REPAIR = Duration.ofMinutes(5);
    private static final Duration STREAM_IS_SILENT = Duration.ofSeconds(30);
    private static final int SUSPECTS = 1000;

    private final String symbol;
    private final FeedParts parts;
    private final TradeOrder order;
    private final Repair repair;
    private final Beginning beginning;
    private final Liveness liveness;
    private final Ending ending;
    private final IdRun repaired = new IdRun();
    private final IdRun repeated = new IdRun();
    private final HeldTrades suspects = new HeldTrades(SUSPECTS);
    private String cause;
    private int emittedSinceRepeat;
    private long newestRepeatNanos;
    private long repairedSinceNanos;
    private boolean verifying;
    private boolean suspectsDropped;
    private boolean overlapping;
    private boolean over;

    SymbolFeed(String symbol, FeedStart start, long stopId, FeedParts parts) {
        this.symbol = symbol;
        this.parts = parts;
        this.order = new TradeOrder(symbol, parts.config().heldTrades(), stopId, parts.out(), this);
        this.repair = new Repair(this, order, parts);
        QuietProofs quiet = new QuietProofs(symbol, parts);
        this.beginning = new Beginning(this, order, parts, quiet, start);
        this.liveness = new Liveness(this, order, parts, quiet);
        this.ending = new Ending(this, order, parts);
    }

    /** Looks for the beginning. */
    void start() {
        beginning.start();
    }

    /** Goes on behind a trade that has been emitted. */
    void resume(long lastId, long lastTradeId, long lastTimeUs, String because) {
        cause = because;
        order.begin(lastId, lastTradeId, lastTimeUs);
        repair.catchUp();
        checkStop();
    }

    /** Begins with {@code firstId}. */
    void begin(long firstId, boolean proven) {
        parts.out().begins(symbol, proven);
        order.begin(firstId - 1, -1, -1);
        repair.catchUp();
        checkStop();
    }

    String symbol() {
        return symbol;
    }

    boolean isOver() {
        return over;
    }

    boolean hasGap() {
        return order.hasGap();
    }

    /** Id of the newest trade that went out; −1 before the first. */
    long lastId() {
        return order.lastId();
    }

    Liveness liveness() {
        return liveness;
    }

    /**
     * A stream brought a trade.
     *
     * @param overlapping true if another connection may have brought it before, as it should
     */
    void streamed(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker,
            boolean overlapping) {
        this.overlapping = overlapping;
        if (over) {
            return;
        }
        liveness.sawStream();
        if (verifying || order.contradicts(id, timeUs)) {
            suspect(id, price, quantity, firstTradeId, lastTradeId, timeUs, buyerIsMaker);
            verify();
            return;
        }
        order.streamed(id, price, quantity, firstTradeId, lastTradeId, timeUs, buyerIsMaker);
        if (!order.held().isEmpty()) {
            waiting();
        }
        checkStop();
    }

    /** Sets a trade aside until it is known whether ids restart; if too many wait, not all do. */
    private void suspect(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker) {
        boolean room =
                id <= suspects.lastId()
                        || suspects.add(
                                id,
                                price,
                                quantity,
                                firstTradeId,
                                lastTradeId,
                                timeUs,
                                buyerIsMaker);
        suspectsDropped |= !room;
    }

    private void waiting() {
        if (order.hasBegun()) {
            repair.check();
        } else {
            beginning.seek();
        }
    }

    /**
     * REST brought trades.
     *
     * @param all true to take them all, false for those alone that a gap lacks
     */
    void fetched(List<Trade> rows, boolean all) {
        for (Trade row : rows) {
            if (!all && !order.hasGap()) {
                break;
            }
            order.fetched(
                    row.id(),
                    row.price(),
                    row.quantity(),
                    row.firstTradeId(),
                    row.lastTradeId(),
                    row.timeUs(),
                    row.buyerIsMaker());
        }
        checkStop();
    }

    /** Fetches what follows the newest trade. */
    void catchUp() {
        repair.catchUp();
    }

    /** Ids before {@code untilId} are not to be had. */
    void lose(long untilId, String why) {
        reportRepaired();
        parts.out().loses(symbol, why);
        order.giveUpBefore(untilId);
    }

    private void checkStop() {
        if (order.hasReachedStop()) {
            ending.prove();
        }
    }

    /** Says nothing more, whatever is still on its way. */
    void stop() {
        over = true;
    }

    /** Reports what is still to report, and ends. */
    void end() {
        if (!over) {
            over = true;
            reportRepaired();
            reportRepeated();
            parts.out().ended(symbol);
        }
    }

    /**
     * The connection that carried the stream is gone, and no other carries it. One that ends before
     * anything has come is no fault of the feed.
     */
    void disconnected(String how) {
        if (over) {
            return;
        }
        reportRepaired();
        cause = "lost when the connection ended (" + how + ")";
        tell(Kind.DISCONNECT, how);
        liveness.joinSoon();
    }

    /** The stream is silent although there are newer trades. */
    void stalled(String detail) {
        reportRepaired();
        cause = "stream silent";
        tell(Kind.STALL, detail);
    }

    /** Reports something that concerns the symbol as it stands now, at the exchange's time. */
    void tell(Kind kind, String detail) {
        long id = order.lastId();
        long atUs = Math.max(parts.streams().exchangeTimeUs(), order.newestTimeUs());
        boolean nothingHasCome = atUs <= 0;
        if (nothingHasCome && kind == Kind.DISCONNECT) {
            return;
        }
        parts.out()
                .fault(new DataQuality(symbol, Math.max(0, atUs), kind, id, id, 0, 0, 0, detail));
    }

    /** Set aside a message that could not be read. */
    void deadLetter(long number, String detail) {
        long atUs = aboutUs();
        parts.out()
                .fault(
                        new DataQuality(
                                symbol, atUs, Kind.MALFORMED, number, number, 0, 0, 1, detail));
    }

    /** Time of the newest trade, or of what waits for the beginning; 0 if nothing has come. */
    private long aboutUs() {
        boolean waits = order.newestTimeUs() < 0 && !order.held().isEmpty();
        return Math.max(0, waits ? order.held().firstTimeUs() : order.newestTimeUs());
    }

    /** Ids that went back: has the exchange begun anew? */
    private void verify() {
        if (verifying) {
            return;
        }
        verifying = true;
        long askedId = order.lastId();
        parts.hear(
                parts.history().from(symbol, askedId, 1, TradeHistory.Urgency.PROBE),
                (rows, failure) -> verified(askedId, rows, failure));
    }

    private void verified(long askedId, List<Trade> rows, Throwable failure) {
        if (over) {
            return;
        }
        if (failure != null) {
            parts.loop().after(Duration.ofSeconds(1), this::verifyAgain);
            return;
        }
        verifying = false;
        if (rows.isEmpty() || isAnother(rows.get(0), askedId)) {
            restart();
        }
        while (!suspects.isEmpty()) {
            suspects.poll(order::streamed);
        }
        suspects.clear();
        waiting();
        if (suspectsDropped) {
            suspectsDropped = false;
            dropped();
        }
        checkStop();
    }

    private boolean isAnother(Trade trade, long askedId) {
        boolean emitted = order.lastTradeId() >= 0;
        return emitted && trade.id() == askedId && trade.timeUs() > order.newestTimeUs();
    }

    private void verifyAgain() {
        verifying = false;
        verify();
    }

    /**
     * The exchange does not know our newest id any more, or knows another trade by it, and shows
     * lower ids with newer times.
     */
    private void restart() {
        reportRepaired();
        reportRepeated();
        tell(Kind.ID_RESET, "ids restart at " + suspects.firstId() + " after " + order.lastId());
        order.restart();
        repair.restart();
        parts.out().restarts(symbol);
        long firstId = suspects.firstId();
        order.begin(firstId - 1, -1, -1);
    }

    /** Once a second. */
    void sweep(long now) {
        if (!repeated.isEmpty() && now - newestRepeatNanos > RUN_IS_OVER.toNanos()) {
            reportRepeated();
        }
        boolean streamIsLevel = order.streamedId() >= order.lastId();
        boolean streamIsSilent = liveness.silenceNanos(now) > STREAM_IS_SILENT.toNanos();
        if ((streamIsSilent || streamIsLevel) && !repair.isNeeded() && !liveness.isPolled()) {
            reportRepaired();
        }
        if (!repaired.isEmpty() && now - repairedSinceNanos > LONG_REPAIR.toNanos()) {
            reportRepaired();
        }
        liveness.sweep(now);
    }

    @Override
    public void emitted(long id, long timeUs, boolean fetched) {
        parts.counts().trades++;
        if (fetched && cause != null) {
            if (repaired.isEmpty()) {
                repairedSinceNanos = parts.now();
            }
            repaired.add(id, timeUs);
            parts.counts().repaired++;
        } else if (!fetched) {
            if (!repaired.isEmpty()) {
                reportRepaired();
            }
            cause = SKIPPED;
        }
        if (!repeated.isEmpty() && ++emittedSinceRepeat >= RUN_IS_OVER_AFTER) {
            reportRepeated();
        }
    }

    @Override
    public void repeated(long id, long timeUs) {
        if (overlapping) {
            parts.counts().overlapped++;
            return;
        }
        parts.counts().duplicates++;
        emittedSinceRepeat = 0;
        newestRepeatNanos = parts.now();
        repeated.add(id, timeUs);
    }

    /** The stream was only slower: nothing was missing on it. */
    @Override
    public void overtaken(long id) {
        if (!repaired.isEmpty()) {
            long before = repaired.count;
            repaired.takeBack(id);
            parts.counts().repaired -= before - repaired.count;
        }
    }

    @Override
    public void dropped() {
        parts.counts().heldDropped++;
        repair.catchUp();
    }

    private void reportRepaired() {
        if (!repaired.isEmpty()) {
            parts.out()
                    .fault(
                            new DataQuality(
                                    symbol,
                                    repaired.timeUs,
                                    Kind.GAP,
                                    repaired.firstId,
                                    repaired.lastIdLeft(),
                                    0,
                                    repaired.count,
                                    0,
                                    cause + ", fetched"));
            repaired.clear();
        }
    }

    private void reportRepeated() {
        if (!repeated.isEmpty()) {
            parts.out()
                    .fault(
                            new DataQuality(
                                    symbol,
                                    repeated.timeUs,
                                    Kind.DUPLICATE,
                                    repeated.firstId,
                                    repeated.lastId,
                                    0,
                                    0,
                                    repeated.count,
                                    "dropped=" + repeated.count));
            repeated.clear();
        }
    }

    /** Open time of the minute after the newest trade's, milliseconds since the epoch. */
    long endOfNewestMinuteMs() {
        return Bar.minuteOf(order.newestTimeUs()) + Bar.MINUTE_MS;
    }
}
