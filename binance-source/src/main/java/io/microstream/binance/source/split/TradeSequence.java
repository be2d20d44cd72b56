package io.microstream.binance.source.split;

import io.microstream.binance.trades.TradeIds;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;

/**
 * Counts the trades of a symbol as they are emitted: what is missing before each, and which are
 * duplicates to be dropped. Ids are judged by {@link TradeIds}, never times.
 *
 * <p>A pure state machine; all its state is in {@link TradePosition}.
 *
 * <p>Duplicates are reported by runs: a run stays open while its ids follow on and ends when the
 * feed has moved past it, so a repeated tail, or a day that lies in two files, is one report.
 */
public final class TradeSequence {

    /** Verdict: drop it. Other verdicts are {@link Trade#missingBefore()} of the trade to emit. */
    public static final long DUPLICATE = -2;

    /** Single trades further back than this are no repetition: an id before them was corrupt. */
    private static final long FARTHEST_REPEAT = 1_000_000;

    private final String symbol;
    private final TradeIds ids = new TradeIds();
    private long lastTimeUs;
    private long highestTradeId;
    private long setAside;
    private long skipped;
    private long repeats;
    private long repeatsFirstId;
    private long repeatsLastId;
    private long repeatsTimeUs;

    public TradeSequence(String symbol, TradePosition position) {
        this.symbol = symbol;
        ids.moveTo(position.lastId(), position.lastTradeId());
        this.lastTimeUs = position.lastTimeUs();
        this.highestTradeId = position.highestTradeId();
        this.setAside = position.setAside();
        this.skipped = position.skipped();
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
        if (ids.lastId() >= 0 && ids.isRepeat(id, firstTradeId)) {
            repeat(id, timeUs);
            return DUPLICATE;
        }
        long missing = ids.missingBefore(id);
        ids.moveTo(id, lastTradeIdOfIt);
        highestTradeId = highestWith(firstTradeId, lastTradeIdOfIt);
        lastTimeUs = timeUs;
        setAside = 0;
        skipped = 0;
        return missing;
    }

    /** A corrupt id that lies far beyond all others is forgotten with the trade behind it. */
    private long highestWith(long firstTradeId, long lastTradeIdOfIt) {
        boolean stepsFarBack = firstTradeId < highestTradeId - FARTHEST_REPEAT;
        return stepsFarBack ? lastTradeIdOfIt : Math.max(highestTradeId, lastTradeIdOfIt);
    }

    /** Takes a row that is in no bar, which uses up an id behind the newest trade's. */
    public void setAside(long id, long lastTradeIdOfIt, boolean isTrade, long missingBefore) {
        boolean isFirst = ids.lastId() < 0;
        ids.moveTo(id, lastTradeIdOfIt);
        highestTradeId =
                lastTradeIdOfIt < 0 || isFirst
                        ? lastTradeIdOfIt
                        : Math.max(highestTradeId, lastTradeIdOfIt);
        setAside += missingBefore;
        if (isTrade) {
            setAside++;
        } else {
            skipped++;
        }
    }

    /** Takes a row that is in no bar and contradicts a trade of the same id. */
    public void contradict() {
        setAside++;
    }

    /** Returns how many rows since the newest trade are in no bar although they are trades. */
    public long setAside() {
        return setAside;
    }

    /** Returns how many entries since the newest trade the exchange declares to be no trades. */
    public long skipped() {
        return skipped;
    }

    /**
     * Returns by how many single trades the next trade jumps: so many are missing before it
     * although its id follows on; negative if so many of its own are in an earlier trade. 0 if it
     * follows, or if that is not known. Ask before {@link #take}.
     */
    public long jumpTo(long id, long firstTradeId, long lastTradeIdOfIt) {
        if (ids.lastId() < 0 || highestTradeId < 0 || ids.isRepeat(id, firstTradeId)) {
            return 0;
        }
        if (firstTradeId <= highestTradeId) {
            return firstTradeId - 1 - Math.min(lastTradeIdOfIt, highestTradeId);
        }
        return id == ids.lastId() + 1 ? firstTradeId - highestTradeId - 1 : 0;
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
        ids.restart();
        highestTradeId = -1;
    }

    public long lastId() {
        return ids.lastId();
    }

    public long lastTradeId() {
        return ids.lastTradeId();
    }

    public long lastTimeUs() {
        return lastTimeUs;
    }

    /** True if the feed has moved past an open run of duplicates. */
    public boolean hasEndedRun() {
        return repeats > 0 && ids.lastId() > repeatsLastId + 1;
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
    public TradePosition position(long rows) {
        return new TradePosition(
                rows,
                ids.lastId(),
                ids.lastTradeId(),
                lastTimeUs,
                repeats,
                repeatsFirstId,
                repeatsLastId,
                repeatsTimeUs,
                highestTradeId,
                setAside,
                skipped);
    }
}
