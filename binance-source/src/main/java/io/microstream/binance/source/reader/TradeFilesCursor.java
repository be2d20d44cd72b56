package io.microstream.binance.source.reader;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.CheckedTrades;
import io.microstream.binance.archive.RowVerdict;
import io.microstream.market.DataQuality;
import java.time.Duration;
import java.util.List;

/** The trades of one symbol over all its files, merged by id, in batches. */
final class TradeFilesCursor implements SymbolCursor {

    private final CheckedTrades rows;

    /**
     * @param files ordered by first id
     * @param skip rows of the merged order to pass over
     * @param passedUs time of the newest trade among these; −1 if there is none
     * @param timeTolerance by how much times may step back in the order of ids
     */
    TradeFilesCursor(List<ArchiveFile> files, long skip, long passedUs, Duration timeTolerance) {
        rows = new CheckedTrades(files, skip, passedUs, timeTolerance);
    }

    @Override
    public boolean hasNext() {
        return rows.hasRow();
    }

    @Override
    public long nextTimeUs() {
        return rows.orderTimeUs();
    }

    @Override
    public FeedBatch read(long untilUs, int maximum) {
        FeedBatch batch = FeedBatch.ofTrades(maximum);
        do {
            rows.take(maximum - batch.rows, untilUs, batch);
            if (!rows.hasRow() || batch.rows == maximum || isBeyond(batch, untilUs)) {
                break;
            }
            if (rows.isTrade()) {
                if (rows.isContradicted()) {
                    batch.contradicted.set(batch.rows);
                }
                batch.add(rows);
            } else {
                batch.setAside.add(setAside(batch.rows++));
            }
            rows.advance();
        } while (rows.hasRow() && batch.rows < maximum && rows.orderTimeUs() <= untilUs);
        batch.last = !rows.hasRow();
        return batch;
    }

    private boolean isBeyond(FeedBatch batch, long untilUs) {
        return batch.rows > 0 && rows.orderTimeUs() > untilUs;
    }

    private FeedBatch.SetAside setAside(int at) {
        boolean malformed = rows.verdict() == RowVerdict.MALFORMED;
        return new FeedBatch.SetAside(
                at,
                kind(rows.verdict()),
                malformed ? rows.line() : rows.id(),
                rows.usedId(),
                rows.lastTradeId(),
                rows.timeUs(),
                rows.reason());
    }

    private static DataQuality.Kind kind(RowVerdict verdict) {
        return switch (verdict) {
            case MALFORMED -> DataQuality.Kind.MALFORMED;
            case TIME_OUTLIER -> DataQuality.Kind.TIME_OUTLIER;
            case CONFLICT -> DataQuality.Kind.CONFLICT;
            case NOT_A_TRADE -> DataQuality.Kind.NOT_A_TRADE;
            case TRADE -> throw new IllegalArgumentException("A trade is not set aside");
        };
    }

    @Override
    public void close() {
        rows.close();
    }
}
