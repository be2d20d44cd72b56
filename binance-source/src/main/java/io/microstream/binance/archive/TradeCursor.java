package io.microstream.binance.archive;

import java.io.Closeable;
import java.nio.file.Path;

/**
 * Reads one symbol's trades of one file in the order of their ids, without garbage: the accessors
 * hold until {@link #next}. Rows of equal ids keep the file's order.
 *
 * <p>A file whose ids are not in order ({@link ArchiveFile#sorted} false) is sorted first, outside
 * the heap beyond half a million rows; malformed rows then come before the readable ones. The
 * sequence of rows is the same each time a file is opened, so {@link #position} and {@link #skip}
 * resume exactly.
 *
 * <p>A row is malformed if anything used of it cannot be read or makes no sense: wrong number of
 * columns, sign, exponent, more than eight decimals, price zero, last trade below first, a time in
 * another unit than the file's or outside 2000–2099. Quantity zero is readable.
 *
 * <p>Not thread-safe. Errors of the file itself are {@link ArchiveException}s.
 */
public final class TradeCursor implements Closeable {

    private final TradeRows rows;
    private final TradeRow row;
    private long position;

    private TradeCursor(TradeRows rows) {
        this.rows = rows;
        this.row = rows.row();
    }

    /**
     * Opens an inspected file.
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

    /** Moves to the next row; false at the end. */
    public boolean next() {
        boolean found = rows.next();
        position += found ? 1 : 0;
        return found;
    }

    /** How many rows {@link #next} or {@link #skip} have passed, malformed ones included. */
    public long position() {
        return position;
    }

    /** Passes over {@code count} rows; false if the file ends before. */
    public boolean skip(long count) {
        for (long i = 0; i < count; i++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Moves to the first readable row whose id is at least {@code id}, over malformed rows; false
     * if there is none. The current row stays if it is such a row.
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

    /** True if the row cannot be read; then only line, reason and text may be asked. */
    public boolean isMalformed() {
        return row.malformedReason != null;
    }

    /** Why the row cannot be read; null if it can. */
    public String malformedReason() {
        return row.malformedReason;
    }

    /** The row's text, cut to 200 characters. */
    public String malformedText() {
        return row.malformedText();
    }

    /** 1-based number of the line in the (unpacked) file. */
    public long line() {
        return row.line;
    }

    /** Aggregate-trade id, or trade id where the file holds single trades. */
    public long id() {
        return row.id;
    }

    /** Units of 1e-8, &gt; 0. */
    public long price() {
        return row.price;
    }

    /** Units of 1e-8, ≥ 0. */
    public long quantity() {
        return row.quantity;
    }

    /** First single trade; the id itself where the file holds single trades. */
    public long firstTradeId() {
        return row.firstTradeId;
    }

    /** Last single trade; the id itself where the file holds single trades. */
    public long lastTradeId() {
        return row.lastTradeId;
    }

    /** Microseconds since the epoch. */
    public long timeUs() {
        return row.timeUs;
    }

    /** True if the seller was the taker. */
    public boolean buyerIsMaker() {
        return row.buyerIsMaker;
    }

    @Override
    public void close() {
        rows.close();
    }
}
