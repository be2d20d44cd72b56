package io.microstream.binance.archive;

import io.microstream.market.Trade;
import java.io.Closeable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads the trades of one symbol from its files in id order, each once, as an exchange would have
 * served them. Rows that cannot be read are left out.
 */
public final class RecordedTrades implements Iterator<Trade>, Closeable {

    private final String symbol;
    private final MergedTrades rows;
    private long lastId = -1;

    /**
     * Opens the files.
     *
     * <p>Opens the files.
     *
     * @param files of the symbol, ordered by first id
     */
    public RecordedTrades(String symbol, List<ArchiveFile> files) {
        this.symbol = symbol;
        this.rows = new MergedTrades(files, 0);
        passOver();
    }

    private void passOver() {
        while (rows.hasRow() && (rows.row().isMalformed() || rows.row().id() <= lastId)) {
            rows.advance();
        }
    }

    @Override
    public boolean hasNext() {
        return rows.hasRow();
    }

    @Override
    public Trade next() {
        if (!rows.hasRow()) {
            throw new NoSuchElementException("No trades left: symbol=" + symbol);
        }
        TradeCursor row = rows.row();
        Trade trade =
                new Trade(
                        symbol,
                        row.id(),
                        row.price(),
                        row.quantity(),
                        row.firstTradeId(),
                        row.lastTradeId(),
                        row.timeUs(),
                        row.buyerIsMaker());
        lastId = row.id();
        rows.advance();
        passOver();
        return trade;
    }

    @Override
    public void close() {
        rows.close();
    }
}
