package io.microstream.binance.feed;

/**
 * What the feed counts. The loop thread writes, any thread reads; a reader may see the fields a
 * moment apart.
 */
public final class FeedCounts {

    public volatile long frames;
    public volatile long trades;
    public volatile long repaired;
    public volatile long duplicates;
    public volatile long deadLetters;
    public volatile long foreignFrames;
    public volatile long connects;
    public volatile long disconnects;
    public volatile long stalls;
    public volatile long overflows;
    public volatile long renewals;
    public volatile long probes;
    public volatile long heldDropped;
    public volatile long restFailures;
    public volatile int openConnections;
    public volatile int openGaps;
    public volatile int polledSymbols;
    public volatile int haltedSymbols;
    public volatile long longestSilenceMs;
    public volatile long lagMs;
}
