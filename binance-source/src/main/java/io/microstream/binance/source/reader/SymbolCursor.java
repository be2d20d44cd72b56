package io.microstream.binance.source.reader;

import java.io.Closeable;

/**
 * The recorded rows of one split, in the order in which they are to be emitted. Fetcher thread
 * only.
 */
interface SymbolCursor extends Closeable {

    /** False once all rows were read. */
    boolean hasNext();

    /**
     * Event time of the next row, in microseconds; where it has none, that of the row before, and
     * not positive where there is none before.
     */
    long nextTimeUs();

    /**
     * Reads the rows whose time is at most {@code untilUs}, at least one and at most {@code
     * maximum}. There must be a next row.
     */
    FeedBatch read(long untilUs, int maximum);

    @Override
    void close();
}
