package io.microstream.binance.archive;

import io.microstream.market.TradeView;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * Reads one symbol's trades of one file in the order of their ids without allocation: the accessors
 * are valid until {@link #next}. Rows of equal ids keep the file's order.
 *
 * <p>A file whose ids are not in order ({@link ArchiveFile#sorted} false) is sorted first, outside
 * the heap beyond half a million rows; malformed rows then come before the readable ones. The
 * sequence of rows is the same each time a file is opened, so {@link #position} and {@link #skip}
 * resume exactly.
 *
 * <p>A row is malformed if anything used of it cannot be read or makes no sense: wrong number of
 * columns, sign, exponent, more than eight decimals, price zero, last trade below first, a time in
 * another unit than the file's or outside 2000–2099, quantity zero.
 *
 * <p>Not thread-safe. Errors of the file itself are {@link ArchiveException}s.
 */
public final class TradeCursor implements Closeable, TradeView {

    private final TradeRows rows;
    private final TradeRow row;
    private long position;

    private TradeCursor(TradeRows rows) {
        this.rows = rows;
        this.row = rows.row();
    }

    /**
     * Opens an inspected file before its first row.
     *
     * @throws ArchiveException if it cannot be opened
     * @throws IllegalArgumentException if it holds klines
     */
    public static TradeCursor open(ArchiveFile file) {
        TradeRows inFile =
                switch (file.kind()) {
                    case AGG_TRADES, TRADES -> new CsvTradeRows(Path.of(file.path()), file.kind());
                    case CAPTURE -> new CaptureTradeRows(file);
                    case KLINES ->
                            throw new IllegalArgumentException(
                                    "No trades in klines: path=" + file.path());
                };
        return new TradeCursor(file.sorted() ? inFile : sorted(inFile, file.rows()));
    }

    private static TradeRows sorted(TradeRows inFile, long rows) {
        int inHeap = (int) Math.max(1, Math.min(SortedTradeRows.MAX_RUN_ROWS, rows));
        return new SortedTradeRows(inFile, inHeap);
    }

    /** Moves to the next row; returns false at the end of the file. */
    public boolean next() {
        boolean found = rows.next();
        position += found ? 1 : 0;
        return found;
    }

    /**
     * Returns how many rows {@link #next} and {@link #skip} have passed, malformed ones included.
     */
    public long position() {
        return position;
    }

    /** Skips {@code count} rows; returns false if the file ends before. */
    public boolean skip(long count) {
        for (long i = 0; i < count; i++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Moves to the first readable row whose id is at least {@code id}, skipping malformed rows, or
     * stays if the current row is one; returns false if there is none.
     */
    public boolean skipTo(long id) {
        if (position > 0 && !isMalformed() && row.id >= id) {
            return true;
        }
        while (next()) {
            if (!isMalformed() && row.id >= id) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the row is malformed; it then has only a line, a reason and a text. */
    public boolean isMalformed() {
        return row.malformedReason != null;
    }

    /** Returns why the row cannot be read; null if it can. */
    public String malformedReason() {
        return row.malformedReason;
    }

    /** Returns whether the exchange declares the entry to be no trade. */
    public boolean isNoTrade() {
        return row.noTradeReason != null;
    }

    /** Returns why the entry is no trade; null of a trade. */
    public String noTradeReason() {
        return row.noTradeReason;
    }

    /** Returns the malformed row's text, cut to 200 characters. */
    public String malformedText() {
        return row.malformedText();
    }

    /** Returns the number of the line in the (unpacked) file, counted from 1. */
    public long line() {
        return row.line;
    }

    /** Returns the aggregate-trade id, or the trade id where the file holds single trades. */
    public long id() {
        return row.id;
    }

    /** Returns the price in units of 1e-8, &gt; 0. */
    public long price() {
        return row.price;
    }

    /** Returns the quantity in units of 1e-8, &gt; 0; of an entry that is no trade ≥ 0. */
    public long quantity() {
        return row.quantity;
    }

    /** Returns the id of the first single trade; the id itself if the file holds single trades. */
    public long firstTradeId() {
        return row.firstTradeId;
    }

    /** Returns the id of the last single trade; the id itself if the file holds single trades. */
    public long lastTradeId() {
        return row.lastTradeId;
    }

    /** Returns the time of the trade in microseconds since the epoch. */
    public long timeUs() {
        return row.timeUs;
    }

    /** Returns true if the seller was the taker. */
    public boolean buyerIsMaker() {
        return row.buyerIsMaker;
    }

    @Override
    public void close() {
        rows.close();
    }
}
