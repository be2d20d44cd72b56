package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.List;

/** Collects what one pass over a file finds about one symbol's rows. */
final class RowStatistics {

    long rows;
    long malformed;
    long ignored;
    boolean microseconds;

    private long firstKey = -1;
    private long lastKey = -1;
    private long firstTimeUs = -1;
    private long lastTimeUs = -1;
    private boolean sorted = true;
    private long previousKey = -1;

    /** Counts a readable row; {@code key} is its id or, of klines, its open time. */
    void add(long key, long timeUs) {
        if (rows++ == 0) {
            firstKey = key;
            lastKey = key;
            firstTimeUs = timeUs;
            lastTimeUs = timeUs;
        }
        sorted &= key >= previousKey;
        previousKey = key;
        firstKey = Math.min(firstKey, key);
        lastKey = Math.max(lastKey, key);
        firstTimeUs = Math.min(firstTimeUs, timeUs);
        lastTimeUs = Math.max(lastTimeUs, timeUs);
    }

    ArchiveFile ofDump(Path file, DumpKind kind, String symbol, DumpName name, boolean header) {
        boolean klines = kind == DumpKind.KLINES;
        return new ArchiveFile(
                file.toString(),
                kind,
                symbol,
                List.of(symbol),
                kind == DumpKind.AGG_TRADES,
                microseconds,
                header,
                rows,
                malformed,
                ignored,
                klines ? -1 : firstKey,
                klines ? -1 : lastKey,
                firstTimeUs,
                lastTimeUs,
                sorted,
                rows > 0 && name.holdsInFirstMinute(firstTimeUs),
                rows > 0 && name.holdsInLastMinute(lastTimeUs));
    }

    ArchiveFile ofCapture(Path file, String symbol, List<String> symbols, boolean aggregated) {
        return new ArchiveFile(
                file.toString(),
                DumpKind.CAPTURE,
                symbol,
                symbols,
                aggregated,
                microseconds,
                false,
                rows,
                malformed,
                ignored,
                firstKey,
                lastKey,
                firstTimeUs,
                lastTimeUs,
                sorted,
                false,
                false);
    }
}
