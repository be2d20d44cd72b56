package io.microstream.binance.source.split;

import java.io.Serializable;

/**
 * How far the trades of a symbol have been emitted: the whole of what a checkpoint remembers of
 * their split besides its files. Recorded klines count as trades whose id is their minute.
 *
 * @param rows rows consumed so far, in the merged order of the split's files
 * @param lastId id of the newest trade emitted; −1 before the first
 * @param lastTradeId its last single-trade id; −1 before the first
 * @param lastTimeUs event time of the newest trade emitted; −1 before the first
 * @param repeats duplicates dropped in the run that is still open
 * @param repeatsFirstId lowest id of that run
 * @param repeatsLastId highest id of that run
 * @param repeatsTimeUs event time of the run's first duplicate
 * @param highestTradeId highest single-trade id so far; −1 if it is not known
 * @param setAside trades since the newest one that are in no bar
 * @param skipped entries since the newest trade that are declared to be no trades
 */
public record TradePosition(
        long rows,
        long lastId,
        long lastTradeId,
        long lastTimeUs,
        long repeats,
        long repeatsFirstId,
        long repeatsLastId,
        long repeatsTimeUs,
        long highestTradeId,
        long setAside,
        long skipped)
        implements SplitPosition, Serializable {

    /** The position before the first row of a split. */
    public static final TradePosition START = new TradePosition(0, -1, -1, -1, 0, -1, -1, -1);

    /** Makes a position of which nothing is set aside since its newest trade. */
    public TradePosition(
            long rows,
            long lastId,
            long lastTradeId,
            long lastTimeUs,
            long repeats,
            long repeatsFirstId,
            long repeatsLastId,
            long repeatsTimeUs) {
        this(
                rows,
                lastId,
                lastTradeId,
                lastTimeUs,
                repeats,
                repeatsFirstId,
                repeatsLastId,
                repeatsTimeUs,
                lastTradeId,
                0,
                0);
    }
}
