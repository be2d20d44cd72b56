package io.microstream.binance.trades;

import io.microstream.binance.transport.streams.StreamCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the feed counts. The loop thread writes, metrics read from others: plain fields, so a reader
 * may see them a moment late, which costs the hot path nothing.
 */
public final class LiveCounts extends StreamCounts {

    public long frames;
    public long trades;
    public long repaired;
    public long duplicates;
    public long overlapped;
    public long deadLetters;
    public long foreignFrames;
    public long stalls;
    public long probes;
    public long heldDropped;
    public long restFailures;
    public int usedWeight;
    public int openGaps;
    public int polledSymbols;
    public int haltedSymbols;
    public long longestSilenceMs;
    public long lagMs;
    public long clockSkewMs;
    private final Map<String, SymbolCounts> symbols = new ConcurrentHashMap<>();

    /** What is counted of one symbol; the same object each time. */
    public SymbolCounts of(String symbol) {
        return symbols.computeIfAbsent(symbol, name -> new SymbolCounts());
    }
}
