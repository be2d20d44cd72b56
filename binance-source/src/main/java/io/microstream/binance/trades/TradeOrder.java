package io.microstream.binance.trades;

import io.microstream.market.DataQuality;
import io.microstream.market.TradeView;
import java.util.function.Consumer;

/**
 * Puts the trades of one symbol into id order, each once, whoever brings them: one stream, two that
 * overlap, or REST.
 *
 * <p>The rule: the trade that follows the newest one goes out, and with it all that waited for it;
 * one that has been is dropped; one that comes too early waits. Nothing goes out before {@link
 * #begin}, and nothing behind the last id wanted. An aggregate id that comes twice with other
 * single trades inside is two trades.
 *
 * <p>A duplicate is what a stream shows a second time. That REST was quicker than a stream is none,
 * nor is what the slower of two streams shows first.
 */
final class TradeOrder {

    /** Takes notice of what the order does. */
    interface Listener {

        /** A trade goes out; {@code fetched} if REST brought it. */
        void emitted(long id, long timeUs, boolean fetched);

        /** A stream showed a trade again. */
        void repeated(long id, long timeUs);

        /** A stream showed for the first time what REST had brought before. */
        void overtaken(long id);

        /** A trade in order is set aside; {@code why} says what contradicts it. */
        void quarantined(TradeView trade, DataQuality.Kind kind, String why);

        /** A trade found no room to wait and must be fetched. */
        void dropped();
    }

    private final String symbol;
    private final FeedOutput out;
    private final Listener listener;
    private final HeldTrades held;
    private final Consumer<TradeView> emitHeld = this::emitHeld;
    private final long stopId;
    private final TradeTimes times;
    private final TradeIds ids = new TradeIds();
    private boolean begun;
    private int era;
    private long newestTimeUs = -1;
    private long streamedId = -1;

    TradeOrder(
            String symbol,
            int limit,
            long stopId,
            TradeTimes times,
            FeedOutput out,
            Listener listener) {
        this.symbol = symbol;
        this.out = out;
        this.listener = listener;
        this.held = new HeldTrades(limit);
        this.stopId = stopId;
        this.times = times;
    }

    /** Begins to emit trades; the one after {@code id} is the next. */
    void begin(long id, long tradeId, long timeUs) {
        begun = true;
        ids.moveTo(id, tradeId);
        newestTimeUs = timeUs;
        drain();
    }

    /** Forgets all that came before, as ids restart. */
    void restart() {
        begun = false;
        era++;
        ids.restart();
        newestTimeUs = -1;
        streamedId = -1;
        held.clear();
    }

    /** Returns how often ids have restarted; an answer to a question of another era is void. */
    int era() {
        return era;
    }

    boolean hasBegun() {
        return begun;
    }

    long lastId() {
        return ids.lastId();
    }

    /** Returns the last single trade in the newest trade; −1 if that trade was not emitted. */
    long lastTradeId() {
        return ids.lastTradeId();
    }

    /** Returns the time of the newest trade emitted, microseconds; −1 before the first. */
    long newestTimeUs() {
        return newestTimeUs;
    }

    /** Returns the highest id that any stream has shown; −1 before the first. */
    long streamedId() {
        return streamedId;
    }

    /** Returns the trades that wait for ids before them. */
    HeldTrades held() {
        return held;
    }

    /** True if trades wait for ids before them. */
    boolean hasGap() {
        return begun && !held.isEmpty();
    }

    /** True if the last id wanted has gone out. */
    boolean hasReachedStop() {
        return begun && ids.lastId() >= stopId;
    }

    /** True if a trade's id is old and its time is new: either ids restarted or the feed is mad. */
    boolean contradicts(long id, long timeUs) {
        return begun && id < ids.lastId() && newestTimeUs >= 0 && timeUs > newestTimeUs;
    }

    /** Returns true if a trade would go out at once. */
    boolean isNext(TradeView trade) {
        return begun && ids.isNext(trade.id(), trade.firstTradeId());
    }

    private boolean isKnown(long id, long firstTradeId) {
        return begun && ids.isRepeat(id, firstTradeId)
                || (held.contains(id) && !held.isNewer(id, firstTradeId));
    }

    /** Takes a trade that a stream has brought. */
    void streamed(TradeView trade) {
        long id = trade.id();
        if (id > streamedId) {
            streamedId = id;
            if (begun && id <= ids.lastId()) {
                listener.overtaken(id);
            }
        } else if (isKnown(id, trade.firstTradeId())) {
            listener.repeated(id, trade.timeUs());
        }
        offer(trade, false);
    }

    /** Takes a trade that REST has brought. */
    void fetched(TradeView trade) {
        offer(trade, true);
    }

    private void offer(TradeView trade, boolean fetched) {
        long id = trade.id();
        if (id > stopId) {
            return;
        }
        if (begun && ids.isNext(id, trade.firstTradeId())) {
            emit(trade, fetched);
            if (!held.isEmpty()) {
                drain();
            }
        } else if ((!begun || id > ids.lastId())
                && held.isNewer(id, trade.firstTradeId())
                && !held.add(trade)) {
            listener.dropped();
        }
    }

    /** Gives up on the ids before {@code id}: it may go out next. */
    void giveUpBefore(long id) {
        ids.moveTo(id - 1, -1);
        drain();
    }

    private void drain() {
        while (!held.isEmpty() && held.firstId() <= ids.lastId() + 1) {
            if (ids.isNext(held.firstId(), held.firstTradeId())) {
                held.poll(emitHeld);
            } else {
                held.drop();
            }
        }
        if (held.isEmpty()) {
            held.clear();
        }
    }

    private void emitHeld(TradeView trade) {
        emit(trade, false);
    }

    private void emit(TradeView trade, boolean fetched) {
        ids.moveTo(trade.id(), trade.lastTradeId());
        String contradiction = times.contradiction(trade, newestTimeUs);
        if (contradiction != null) {
            listener.quarantined(trade, DataQuality.Kind.TIME_OUTLIER, contradiction);
            return;
        }
        if (trade.quantity() == 0) {
            listener.quarantined(trade, DataQuality.Kind.MALFORMED, "quantity is zero");
            return;
        }
        newestTimeUs = Math.max(newestTimeUs, trade.timeUs());
        listener.emitted(trade.id(), trade.timeUs(), fetched);
        out.trade(symbol, trade);
    }
}
