package io.microstream.binance.source.split;

import io.microstream.market.DataQuality;
import io.microstream.market.Trade;

/**
 * Judges each trade of a symbol by its id: the next one, a duplicate, or one after a gap.
 * Completeness is a matter of ids, never of times.
 *
 * <p>A pure state machine; all its state is in {@link FeedPosition}. An aggregate id that comes
 * twice with other single trades inside is two trades (Binance did that at day borders), not a
 * duplicate.
 *
 * <p>Duplicates are reported by runs: a run stays open while its ids follow on and ends when the
 * feed has moved past it, so a repeated tail, or a day that lies in two files, is one report.
 */
public final class TradeSequence {

    /** Verdict: drop it. Other verdicts are {@link Trade#missingBefore()} of the trade to emit. */
    public static final long DUPLICATE = -2;

    private final String symbol;
    private long lastId;
    private long lastTradeId;
    private long lastTimeUs;
    private long repeats;
    private long repeatsFirstId;
    private long repeatsLastId;
    private long repeatsTimeUs;

    public TradeSequence(String symbol, FeedPosition position) {
        this.symbol = symbol;
        this.lastId = position.lastId();
        this.lastTradeId = position.lastTradeId();
        this.lastTimeUs = position.lastTimeUs();
        this.repeats = position.repeats();
        this.repeatsFirstId = position.repeatsFirstId();
        this.repeatsLastId = position.repeatsLastId();
        this.repeatsTimeUs = position.repeatsTimeUs();
    }

    /**
     * Takes the next trade of the feed.
     *
     * @return {@link #DUPLICATE}, {@link Trade#UNKNOWN} for the very first, else the number of ids
     *     missing before it
     */
    public long take(long id, long firstTradeId, long lastTradeIdOfIt, long timeUs) {
        if (lastId < 0) {
            moveTo(id, lastTradeIdOfIt, timeUs);
            return Trade.UNKNOWN;
        }
        if (id < lastId || (id == lastId && firstTradeId <= lastTradeId)) {
            repeat(id, timeUs);
            return DUPLICATE;
        }
        long missing = Math.max(0, id - lastId - 1);
        moveTo(id, lastTradeIdOfIt, timeUs);
        return missing;
    }

    /**
     * True if the single-trade ids jump although the next trade's id follows on; ask before {@link
     * #take}.
     */
    public boolean jumpsTo(long id, long firstTradeId) {
        return id == lastId + 1 && lastTradeId >= 0 && firstTradeId != lastTradeId + 1;
    }

    private void moveTo(long id, long lastTradeIdOfIt, long timeUs) {
        lastId = id;
        lastTradeId = lastTradeIdOfIt;
        lastTimeUs = timeUs;
    }

    private void repeat(long id, long timeUs) {
        if (repeats == 0) {
            repeatsFirstId = id;
            repeatsLastId = id;
            repeatsTimeUs = timeUs;
        }
        repeats++;
        repeatsFirstId = Math.min(repeatsFirstId, id);
        repeatsLastId = Math.max(repeatsLastId, id);
    }

    /** Ids restart: the next trade is judged as the very first. */
    public void restart() {
        lastId = -1;
        lastTradeId = -1;
    }

    public long lastId() {
        return lastId;
    }

    public long lastTradeId() {
        return lastTradeId;
    }

    public long lastTimeUs() {
        return lastTimeUs;
    }

    /** True if the feed has moved past an open run of duplicates. */
    public boolean hasEndedRun() {
        return repeats > 0 && lastId > repeatsLastId + 1;
    }

    /** True if a run of duplicates is open. */
    public boolean hasRun() {
        return repeats > 0;
    }

    /** Ends the open run and reports it. */
    public DataQuality endRun() {
        DataQuality report =
                new DataQuality(
                        symbol,
                        repeatsTimeUs,
                        DataQuality.Kind.DUPLICATE,
                        repeatsFirstId,
                        repeatsLastId,
                        0,
                        0,
                        repeats,
                        "dropped=" + repeats);
        repeats = 0;
        return report;
    }

    /** All there is to remember, with {@code rows} consumed. */
    public FeedPosition position(long rows) {
        return new FeedPosition(
                rows,
                lastId,
                lastTradeId,
                lastTimeUs,
                repeats,
                repeatsFirstId,
                repeatsLastId,
                repeatsTimeUs);
    }
}
