package io.microstream.binance.trades;

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

    /** Hears of what the order does. */
    interface Listener {

        /** A trade goes out; {@code fetched} if REST brought it. */
        void emitted(long id, long timeUs, boolean fetched);

        /** A stream showed a trade again. */
        void repeated(long id, long timeUs);

        /** A stream showed for the first time what REST had brought before. */
        void overtaken(long id);

        /** No room: the trade waits nowhere and must be fetched. */
        void dropped();
    }

    private final String symbol;
    private final FeedOutput out;
    private final Listener listener;
    private final HeldTrades held;
    private final HeldTrades.Taker emitHeld = this::emitHeld;
    private final long stopId;
    private boolean begun;
    private int era;
    private long lastId = -1;
    private long lastTradeId = -1;
    private long newestTimeUs = -1;
    private long streamedId = -1;

    TradeOrder(String symbol, int limit, long stopId, FeedOutput out, Listener listener) {
        this.symbol = symbol;
        this.out = out;
        this.listener = listener;
        this.held = new HeldTrades(limit);
        this.stopId = stopId;
    }

    /** Trades may go out; the one after {@code id} is the next. */
    void begin(long id, long tradeId, long timeUs) {
        begun = true;
        lastId = id;
        lastTradeId = tradeId;
        newestTimeUs = timeUs;
        drain();
    }

    /** Ids restart: nothing is known of what came before. */
    void restart() {
        begun = false;
        era++;
        lastId = -1;
        lastTradeId = -1;
        newestTimeUs = -1;
        streamedId = -1;
        held.clear();
    }

    /** How often ids have restarted: an answer to a question of another era says nothing. */
    int era() {
        return era;
    }

    boolean hasBegun() {
        return begun;
    }

    long lastId() {
        return lastId;
    }

    /** Last single trade in the newest trade; −1 if that trade did not go out. */
    long lastTradeId() {
        return lastTradeId;
    }

    /** Time of the newest trade that went out; −1 before the first. */
    long newestTimeUs() {
        return newestTimeUs;
    }

    /** The highest id any stream has shown; −1 before the first. */
    long streamedId() {
        return streamedId;
    }

    /** Trades that wait. */
    HeldTrades held() {
        return held;
    }

    /** True if trades wait for ids before them. */
    boolean hasGap() {
        return begun && !held.isEmpty();
    }

    /** True if the last id wanted has gone out. */
    boolean hasReachedStop() {
        return begun && lastId >= stopId;
    }

    /** True if a trade's id is old and its time is new: either ids restarted or the feed is mad. */
    boolean contradicts(long id, long timeUs) {
        return begun && id < lastId && newestTimeUs >= 0 && timeUs > newestTimeUs;
    }

    private boolean follows(long id, long firstTradeId) {
        return id == lastId + 1 || isTwin(id, firstTradeId);
    }

    private boolean isTwin(long id, long firstTradeId) {
        return id == lastId && lastTradeId >= 0 && firstTradeId > lastTradeId;
    }

    private boolean isKnown(long id, long firstTradeId) {
        boolean out = begun && id <= lastId && !isTwin(id, firstTradeId);
        return out || (held.contains(id) && !held.isNewer(id, firstTradeId));
    }

    /** A stream brought a trade. */
    void streamed(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeIdOfIt,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs) {
        if (id > streamedId) {
            streamedId = id;
            if (begun && id <= lastId) {
                listener.overtaken(id);
            }
        } else if (isKnown(id, firstTradeId)) {
            listener.repeated(id, timeUs);
        }
        offer(
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeIdOfIt,
                timeUs,
                buyerIsMaker,
                receivedAtMs,
                false);
    }

    /** REST brought a trade. */
    void fetched(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeIdOfIt,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs) {
        offer(
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeIdOfIt,
                timeUs,
                buyerIsMaker,
                receivedAtMs,
                true);
    }

    private void offer(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeIdOfIt,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs,
            boolean fetched) {
        if (id > stopId) {
            return;
        }
        if (begun && follows(id, firstTradeId)) {
            emit(
                    id,
                    price,
                    quantity,
                    firstTradeId,
                    lastTradeIdOfIt,
                    timeUs,
                    buyerIsMaker,
                    receivedAtMs,
                    fetched);
            if (!held.isEmpty()) {
                drain();
            }
        } else if ((!begun || id > lastId) && held.isNewer(id, firstTradeId)) {
            boolean room =
                    held.add(
                            id,
                            price,
                            quantity,
                            firstTradeId,
                            lastTradeIdOfIt,
                            timeUs,
                            buyerIsMaker,
                            receivedAtMs);
            if (!room) {
                listener.dropped();
            }
        }
    }

    /** Gives up on the ids before {@code id}: it may go out next. */
    void giveUpBefore(long id) {
        lastId = id - 1;
        lastTradeId = -1;
        drain();
    }

    private void drain() {
        while (!held.isEmpty() && held.firstId() <= lastId + 1) {
            if (follows(held.firstId(), held.firstTradeId())) {
                held.poll(emitHeld);
            } else {
                held.drop();
            }
        }
        if (held.isEmpty()) {
            held.clear();
        }
    }

    private void emitHeld(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeIdOfIt,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs) {
        emit(
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeIdOfIt,
                timeUs,
                buyerIsMaker,
                receivedAtMs,
                false);
    }

    private void emit(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeIdOfIt,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs,
            boolean fetched) {
        lastId = id;
        lastTradeId = lastTradeIdOfIt;
        newestTimeUs = Math.max(newestTimeUs, timeUs);
        listener.emitted(id, timeUs, fetched);
        out.trade(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeIdOfIt,
                timeUs,
                buyerIsMaker,
                receivedAtMs);
    }
}
