package io.microstream.binance.transport.streams;

import io.microstream.binance.transport.loop.Waits;

/**
 * Counts what happens to connections. The loop thread writes, metrics read from others: plain
 * fields, so a reader may see them a moment late.
 */
public class StreamCounts {

    public long connects;
    public long disconnects;
    public long overflows;
    public long renewals;
    public int openConnections;
    public final Waits waits = new Waits();
}
