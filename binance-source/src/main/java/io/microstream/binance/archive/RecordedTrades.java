package io.microstream.binance.archive;

import io.microstream.market.Trade;
import java.io.Closeable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads the trades of one symbol from its files in id order, each once, as an exchange would have
 * served them. Rows that are set aside ({@link RowVerdict}) are left out.
 */
public final class RecordedTrades implements Iterator<Trade>, Closeable {

    private final String symbol;
    private final CheckedTrades rows;
    private long lastId = -1;
    private long setAside;
    private String firstSetAside;

    /**
     * Opens the files.
     *
     * @param files of the symbol, ordered by first id
     */
    public RecordedTrades(String symbol, List<ArchiveFile> files) {
        this.symbol = symbol;
        this.rows = new CheckedTrades(files, 0, -1, CheckedTrades.DEFAULT_TOLERANCE);
        passOver();
    }

    private void passOver() {
        while (rows.hasRow() && (!rows.isTrade() || rows.id() <= lastId)) {
            if (!rows.isTrade() && rows.verdict() != RowVerdict.NOT_A_TRADE) {
                firstSetAside = setAside++ == 0 ? rows.reason() : firstSetAside;
            }
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
        Trade trade =
                new Trade(
                        symbol,
                        rows.id(),
                        rows.price(),
                        rows.quantity(),
                        rows.firstTradeId(),
                        rows.lastTradeId(),
                        rows.timeUs(),
                        rows.buyerIsMaker());
        lastId = rows.id();
        rows.advance();
        passOver();
        return trade;
    }

    /** Returns how many rows passed so far cannot be read or are quarantined. */
    public long setAside() {
        return setAside;
    }

    /** Returns place, reason and text of the first of these rows; null if there is none. */
    public String firstSetAside() {
        return firstSetAside;
    }

    @Override
    public void close() {
        rows.close();
    }
}
