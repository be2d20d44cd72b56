package io.microstream.binance.source.reader;

import io.microstream.market.DataQuality;

/** Words the faults that the ids and rows of a split show. */
final class FeedFaults {

    private FeedFaults() {}

    static DataQuality malformed(String symbol, long timeUs, FeedBatch.MalformedRow row) {
        return new DataQuality(
                symbol,
                Math.max(0, timeUs),
                DataQuality.Kind.MALFORMED,
                row.line(),
                row.line(),
                0,
                0,
                1,
                row.reason() + ": " + row.text());
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

    static DataQuality jump(
            String symbol, long timeUs, long id, long previousTradeId, long firstTradeId) {
        return new DataQuality(
                symbol,
                timeUs,
                DataQuality.Kind.TRADE_ID_JUMP,
                id,
                id,
                0,
                0,
                0,
                "single-trade ids jump from " + previousTradeId + " to " + firstTradeId);
    }
}
