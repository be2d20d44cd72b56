package io.microstream.binance.replay.dump;

import java.io.IOException;

/** The rows of a dump: trades, and lines that are no trades. */
public interface DumpSink extends TradeSink {

    /** Writes a line as it is, between the rows; the line end is added. */
    void line(String text) throws IOException;
}
