package io.microstream.binance.source.split;

/** How far a split has been emitted; what that means depends on what its stream carries. */
public sealed interface SplitPosition permits TradePosition {

    /** Returns how many recorded rows have been consumed, in the merged order of the files. */
    long rows();
}
