package io.microstream.binance.trades;

import io.microstream.market.Bar;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.Trade;
import io.microstream.market.TradeView;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of one symbol: what streams show goes into id order, what is missing is fetched, what is
 * silent is asked about, and each fault is reported once.
 *
 * <p>Life: it looks for its {@link Beginning}, follows the stream, and ends when its last id is out
 * and the end of that minute is proven, or as well as it can be.
 */
final class SymbolFeed implements TradeOrder.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(SymbolFeed.class);
    private static final Duration STREAM_IS_SILENT = Duration.ofSeconds(30);
    private static final int SUSPECTS = 1000;
    private static final Duration TIME_TOLERANCE = Duration.ofSeconds(1);

    private final String symbol;
    private final String stream;
    private final FeedParts parts;
    private final TradeOrder order;
    private final Repair repair;
    private final Beginning beginning;
    private final Liveness liveness;
    private final Ending ending;
    private final FaultReports reports;
    private final TradeTimes times;
    private final HeldTrades suspects = new HeldTrades(SUSPECTS);
    private boolean verifying;
    private boolean suspectsDropped;
    private boolean overlapping;
    private boolean over;
    private final boolean bounded;
    private final Refusals refusals = new Refusals();

    SymbolFeed(String symbol, FeedStart start, long stopId, FeedParts parts) {
        this.symbol = symbol;
        this.stream = parts.config().kind().streamOf(symbol);
        this.parts = parts;
        this.bounded = stopId != Long.MAX_VALUE;
        this.times = new TradeTimes(TIME_TOLERANCE, parts.streams()::exchangeTimeUs);
        this.order =
                new TradeOrder(
                        symbol, parts.config().heldTrades(), stopId, times, parts.out(), this);
        this.reports = new FaultReports(symbol, order, parts);
        this.repair = new Repair(this, order, parts);
        CompletenessMarks marks = new CompletenessMarks(symbol, parts);
        this.beginning = new Beginning(this, order, parts, marks, start);
        this.liveness = new Liveness(this, order, parts, marks);
        this.ending = new Ending(this, order, parts);
    }

    /** Starts to look for the first trade of the symbol. */
    void start() {
        beginning.start();
    }

    /** Goes on behind a trade that has been emitted. */
    void resume(long lastId, long lastTradeId, long lastTimeUs, String because) {
        reports.because(because);
        order.begin(lastId, lastTradeId, lastTimeUs);
        repair.catchUp();
        checkStop();
    }

    /** Begins with {@code firstId}; called once, when the first trade is known. */
    void begin(long firstId, boolean proven) {
        parts.out().begins(symbol, proven);
        order.begin(firstId - 1, -1, -1);
        repair.catchUp();
        checkStop();
    }

    String symbol() {
        return symbol;
    }

    /** Returns the name of the stream that carries it. */
    String stream() {
        return stream;
    }

    boolean isOver() {
        return over;
    }

    /** Returns true if the feed ends with an id. */
    boolean isBounded() {
        return bounded;
    }

    boolean hasGap() {
        return order.hasGap();
    }

    /** Returns the id of the newest trade emitted; −1 before the first. */
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
    void streamed(TradeView trade, boolean overlapping) {
        this.overlapping = overlapping;
        if (over) {
            return;
        }
        liveness.sawStream();
        if (verifying || order.contradicts(trade.id(), trade.timeUs())) {
            if (order.isNext(trade) && times.isDoubtful(trade, order.newestTimeUs())) {
                times.doubt(trade);
            }
            suspect(trade);
            verify();
            return;
        }
        if (order.isNext(trade) && times.isDoubtful(trade, order.newestTimeUs())) {
            times.doubt(trade);
            suspect(trade);
            verifyTime();
            return;
        }
        order.streamed(trade);
        if (!order.held().isEmpty()) {
            waiting();
        }
        checkStop();
    }

    /** Sets a trade aside until it is known whether ids restart; if too many wait, not all do. */
    private void suspect(TradeView trade) {
        boolean room = trade.id() <= suspects.lastId() || suspects.add(trade);
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
            order.fetched(row);
        }
        checkStop();
    }

    /** Fetches what follows the newest trade. */
    void catchUp() {
        repair.catchUp();
    }

    /** Gives up on the ids before {@code untilId} and reports them as lost. */
    void lose(long untilId, String why) {
        reports.reportRepaired();
        parts.out().loses(symbol, why);
        order.giveUpBefore(untilId);
    }

    private void checkStop() {
        if (order.hasReachedStop()) {
            ending.prove();
        }
    }

    /** Stops the feed: nothing more is emitted, whatever is still on its way. */
    void stop() {
        over = true;
    }

    /** Reports that the exchange refuses the symbol for good, and ends its feed. */
    void refused(String why) {
        if (!over) {
            LOG.error("The exchange refuses the symbol, its feed ends: symbol={} {}", symbol, why);
            report(Kind.REFUSED, why);
            end();
        }
    }

    /** Reports what is still to report, and ends. */
    void end() {
        if (!over) {
            over = true;
            parts.counts().waits.over("REST for " + symbol);
            reports.reportOpen();
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
        reports.because("lost when the connection ended (" + how + ")");
        report(Kind.DISCONNECT, how);
        liveness.joinSoon();
    }

    /** The stream is silent although there are newer trades. */
    void stalled(String detail) {
        reports.because("stream silent");
        report(Kind.STALL, detail);
    }

    /** Reports something that concerns the symbol as it stands now, at the exchange's time. */
    void report(Kind kind, String detail) {
        reports.report(kind, detail);
    }

    /** Reports a message that could not be read. */
    void deadLetter(long number, String detail) {
        reports.deadLetter(number, detail);
    }

    /** Asks whether ids went back because the exchange has restarted them. */
    private void verify() {
        if (verifying) {
            return;
        }
        verifying = true;
        long askedId = order.lastId();
        parts.whenAnswered(
                parts.history().from(symbol, askedId, 1, TradeHistory.Urgency.PROBE),
                (rows, failure) -> verified(askedId, rows, failure));
    }

    private void verified(long askedId, List<Trade> rows, Throwable failure) {
        if (over) {
            return;
        }
        boolean unknown = refusals.definite(failure, parts.now()) != null;
        if (failure != null && !unknown) {
            parts.loop().after(Duration.ofSeconds(1), this::verifyAgain);
            return;
        }
        if (!unknown && (rows.isEmpty() || isAnother(rows.get(0), askedId))) {
            restart();
        }
        release();
    }

    /** Asks for the exchange's clock, because a trade lies far ahead of all before it. */
    private void verifyTime() {
        verifying = true;
        parts.whenAnswered(parts.history().serverTimeUs(), this::timeVerified);
    }

    private void timeVerified(Long timeUs, Throwable failure) {
        if (over) {
            return;
        }
        if (failure != null) {
            parts.loop().after(Duration.ofSeconds(1), this::verifyTime);
            return;
        }
        times.serverTime(timeUs);
        release();
    }

    /** Takes the trades that were set aside until the exchange had been asked. */
    private void release() {
        verifying = false;
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
        reports.reportOpen();
        report(Kind.ID_RESET, "ids restart at " + suspects.firstId() + " after " + order.lastId());
        order.restart();
        repair.restart();
        parts.out().restarts(symbol);
        long firstId = suspects.firstId();
        order.begin(firstId - 1, -1, -1);
    }

    /** Reports faults and checks the liveness as far as that is due; called once a second. */
    void sweep(long now) {
        boolean streamIsLevel = order.streamedId() >= order.lastId();
        boolean streamIsSilent = liveness.silenceNanos(now) > STREAM_IS_SILENT.toNanos();
        boolean atRest = !repair.isNeeded() && !liveness.isPolled();
        reports.sweep(now, (streamIsSilent || streamIsLevel) && atRest);
        liveness.sweep(now);
    }

    @Override
    public void emitted(long id, long timeUs, boolean fetched) {
        parts.counts().trades++;
        reports.emitted(id, timeUs, fetched);
    }

    @Override
    public void repeated(long id, long timeUs) {
        if (overlapping) {
            parts.counts().overlapped++;
        } else {
            reports.repeated(id, timeUs);
        }
    }

    @Override
    public void overtaken(long id) {
        reports.overtaken(id);
    }

    @Override
    public void quarantined(TradeView trade, Kind kind, String why) {
        parts.out().quarantined(symbol, trade, kind, why);
    }

    @Override
    public void dropped() {
        parts.counts().heldDropped++;
        repair.catchUp();
    }

    /** Returns the end of the newest trade's minute, milliseconds since the epoch. */
    long endOfNewestMinuteMs() {
        return Bar.minuteOf(order.newestTimeUs()) + Bar.MINUTE_MS;
    }
}
