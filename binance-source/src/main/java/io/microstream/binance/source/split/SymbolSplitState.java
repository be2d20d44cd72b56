package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.market.Bar;
import java.util.Arrays;

/**
 * A split while it is read: the mutable twin of {@link SymbolSplit}. Only the task thread touches
 * it.
 */
public final class SymbolSplitState {

    private final SymbolSplit split;
    private final long[] provenLastIds;
    private final long provenFirstId;
    private final TradeSequence sequence;
    private long rows;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean nextIsProvenFirst;
    private String whyLost;

    public SymbolSplitState(SymbolSplit split) {
        this.split = split;
        this.rows = split.position().rows();
        this.provenLastIds =
                split.files().stream()
                        .filter(ArchiveFile::endsAtPeriodEnd)
                        .mapToLong(ArchiveFile::lastId)
                        .sorted()
                        .toArray();
        this.provenFirstId =
                split.files().stream()
                        .filter(ArchiveFile::startsAtPeriodStart)
                        .mapToLong(ArchiveFile::firstId)
                        .min()
                        .orElse(-1);
        this.sequence = new TradeSequence(split.symbol(), split.tradePosition());
    }

    public String symbol() {
        return split.symbol();
    }

    /** Returns what judges the split's ids: next, duplicate or gap. */
    public TradeSequence sequence() {
        return sequence;
    }

    /**
     * Returns the first minute after the period that kline files are named after; −1 if the files
     * hold no klines, or none is named after a period.
     */
    public long klinesEndMinute() {
        return split.files().stream()
                .filter(file -> file.kind() == DumpKind.KLINES)
                .mapToLong(ArchiveFile::periodEndMs)
                .map(endMs -> Math.floorDiv(endMs, Bar.MINUTE_MS))
                .max()
                .orElse(-1);
    }

    public void countRow() {
        rows++;
    }

    /** Notes that nothing precedes the next trade in its minute, as the live feed has asked. */
    public void proveNextFirst() {
        nextIsProvenFirst = true;
    }

    /** True if it is proven that nothing precedes this first trade in its minute. */
    public boolean isProvenFirst(long id) {
        boolean proven = nextIsProvenFirst || id == provenFirstId;
        nextIsProvenFirst = false;
        return proven;
    }

    /** Notes why the ids before the next trade are lost. */
    public void loseBeforeNext(String why) {
        whyLost = why;
    }

    /** Returns why the ids before the next trade are missing, and forgets it. */
    public String whyLost() {
        String why = whyLost == null ? "ids not in the input" : whyLost;
        whyLost = null;
        return why;
    }

    /** True if a dump proves that nothing follows this trade in its minute. */
    public boolean isProvenLast(long id) {
        return provenLastIds.length > 0 && Arrays.binarySearch(provenLastIds, id) >= 0;
    }

    /** Moves the split's watermark up to {@code ms}; true if it moved. */
    public boolean advanceWatermarkTo(long ms) {
        if (ms <= watermarkMs) {
            return false;
        }
        watermarkMs = ms;
        return true;
    }

    /** The split as it would be resumed. */
    public SymbolSplit toSplit() {
        return split.at(sequence.position(rows));
    }
}
