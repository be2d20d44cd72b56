package io.microstream.binance.archive;

import java.io.Closeable;

/** Passes once over the rows of one symbol in one file. */
interface TradeRows extends Closeable {

    /** Moves to the next row, readable or malformed; returns false at the end of the file. */
    boolean next();

    /** Returns the current row, the same object for the whole pass. */
    TradeRow row();

    @Override
    void close();
}
