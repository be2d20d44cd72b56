package io.microstream.binance.archive;

import java.io.Closeable;

/** A pass over the rows of one symbol in one file. */
interface TradeRows extends Closeable {

    /** Moves to the next row, readable or malformed; false at the end. */
    boolean next();

    /** The current row; the same object for the whole pass. */
    TradeRow row();

    @Override
    void close();
}
