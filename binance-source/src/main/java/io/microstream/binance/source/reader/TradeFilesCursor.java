package io.microstream.binance.source.reader;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.MergedTrades;
import io.microstream.binance.archive.TradeCursor;
import java.util.List;

/** The trades of one symbol over all its files, merged by id, in batches. */
final class TradeFilesCursor implements SymbolCursor {

    private final MergedTrades rows;

    /**
     * @param files ordered by first id
     * @param skip rows of the merged order to pass over
     */
    TradeFilesCursor(List<ArchiveFile> files, long skip) {
        rows = new MergedTrades(files, skip);
    }

    @Override
    public boolean hasNext() {
        return rows.hasRow();
    }

    @Override
    public long nextTimeUs() {
        return rows.timeUs();
    }

    @Override
    public FeedBatch read(long untilUs, int maximum) {
        FeedBatch batch = FeedBatch.ofTrades(maximum);
        do {
            TradeCursor row = rows.row();
            if (row.isMalformed()) {
                batch.malformed.add(
                        new FeedBatch.MalformedRow(
                                batch.rows++,
                                row.line(),
                                row.malformedReason(),
                                row.malformedText()));
            } else {
                batch.add(row);
            }
            rows.advance();
        } while (rows.hasRow() && batch.rows < maximum && rows.timeUs() <= untilUs);
        batch.last = !rows.hasRow();
        return batch;
    }

    @Override
    public void close() {
        rows.close();
    }
}
