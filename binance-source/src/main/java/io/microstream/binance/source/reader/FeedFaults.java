package io.microstream.binance.source.reader;

import io.microstream.market.DataQuality;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Words the faults that the ids and rows of a split show. */
final class FeedFaults {

    private FeedFaults() {}

    static DataQuality setAside(String symbol, long timeUs, FeedBatch.SetAside row) {
        return new DataQuality(
                symbol,
                Math.max(0, timeUs),
                row.kind(),
                row.number(),
                row.number(),
                0,
                0,
                1,
                row.detail());
    }

    static DataQuality gap(String symbol, long timeUs, long previousId, long id, String detail) {
        return new DataQuality(
                symbol,
                timeUs,
                DataQuality.Kind.GAP,
                previousId + 1,
                id - 1,
                id - previousId - 1,
                0,
                0,
                detail);
    }

    /**
     * @param missing single trades that are missing before the trade; negative: that came before
     */
    static DataQuality jump(String symbol, long timeUs, long id, long firstTradeId, long missing) {
        String detail =
                missing > 0
                        ? String.format(
                                Locale.ROOT,
                                "single trades %d to %d are missing inside unbroken aggregate ids",
                                firstTradeId - missing,
                                firstTradeId - 1)
                        : String.format(
                                Locale.ROOT,
                                "single trades %d to %d are in an earlier aggregate trade already",
                                firstTradeId,
                                firstTradeId - missing - 1);
        return new DataQuality(
                symbol,
                timeUs,
                DataQuality.Kind.TRADE_ID_JUMP,
                id,
                id,
                Math.max(0, missing),
                0,
                Math.max(0, -missing),
                detail);
    }

    /**
     * @param fromUs time of the trade before the pause
     * @param untilUs time of the trade behind it
     */
    static DataQuality longPause(String symbol, long id, long fromUs, long untilUs) {
        return new DataQuality(
                symbol,
                untilUs,
                DataQuality.Kind.LONG_PAUSE,
                id,
                id,
                0,
                0,
                0,
                String.format(
                        Locale.ROOT,
                        "no trade from %s to %s, ids unbroken: no bars in between",
                        Instant.EPOCH.plus(fromUs, ChronoUnit.MICROS),
                        Instant.EPOCH.plus(untilUs, ChronoUnit.MICROS)));
    }
}
