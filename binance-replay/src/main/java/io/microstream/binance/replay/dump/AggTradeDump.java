package io.microstream.binance.replay.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes aggregate trades of one symbol as Binance's public dumps are: {@code
 * SYMBOL-aggTrades-YYYY-MM[-DD].zip} holding one CSV of the same base name, and {@code
 * .zip.CHECKSUM}; no header line; columns aggregate id, price, quantity, first and last single
 * trade, time, {@code True} or {@code False} for "buyer is maker", and {@code True} for "best
 * match".
 *
 * <p>A file appears under its final name only when it is whole: when a trade of a later period
 * comes, and at {@link #finish}. {@link #close} without finish throws the unfinished one away. A
 * period without trades has no file. A trade whose time lies before the open file's period stays in
 * that file, so rows keep their order.
 *
 * <p>Equal trades give equal bytes. Cost: no allocation per row. Source: github.com/binance/
 * binance-public-data.
 */
public final class AggTradeDump implements TradeSink, AutoCloseable {

    private final CsvRows rows = new CsvRows();
    private final DumpFileSeries files;
    private long written;

    /**
     * @param folder where the files go; made if missing
     * @param symbol upper case, as in the file names
     */
    public AggTradeDump(Path folder, String symbol, DumpFormat format) {
        this.files = new DumpFileSeries(folder, symbol + "-aggTrades-", format, rows);
    }

    @Override
    public void trade(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker)
            throws IOException {
        long time = files.timeIn(timeUs);
        rows.number(id)
                .decimal(price)
                .decimal(quantity)
                .number(firstTradeId)
                .number(lastTradeId)
                .number(time)
                .flag(buyerIsMaker)
                .flag(true)
                .endRow();
        written++;
    }

    /** Returns how many trades were written so far. */
    public long written() {
        return written;
    }

    /**
     * Completes the last file and takes no more rows; returns all files written, in order of time.
     */
    public List<Path> finish() throws IOException {
        return files.finish();
    }

    @Override
    public void close() throws IOException {
        files.discard();
    }
}
