package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.List;

/** Collects what one pass over a file finds about one symbol's rows. */
final class RowStatistics {

    /** Keys of {@link #sample} are ids, or of klines minutes since the epoch. */
    final KeySample sample = new KeySample();

    long rows;
    long malformed;
    long ignored;
    boolean microseconds;

    /** Readable rows whose time lies outside the period of the name; their times count no more. */
    long outside;

    long firstKey = -1;
    long lastKey = -1;
    long firstTimeUs = -1;
    long lastTimeUs = -1;
    long firstOutsideUs;
    long firstPrice;
    long lastPrice;

    /** The longest time between a row and the next in the file. */
    long longestPauseUs;

    private final DumpName name;
    private final long toleranceUs;
    private boolean sorted = true;
    private boolean unreadable;

    /** Highest key right behind which a row that cannot be read may be the last of all. */
    private long openEndKey = -1;

    /** Lowest key right before which such a row may be the first of all. */
    private long openStartKey = Long.MAX_VALUE;

    private long firstKeyUs;
    private long lastKeyUs;
    private long previousKey = -1;
    private long previousTimeUs = -1;

    /**
     * @param toleranceUs by how much a time may lie outside the name's period and still be of it
     */
    RowStatistics(DumpName name, long toleranceUs) {
        this.name = name;
        this.toleranceUs = toleranceUs;
    }

    /** Counts a row that cannot be read. */
    void addUnreadable() {
        malformed++;
        unreadable = true;
    }

    /** Counts a readable row; {@code key} is its id or, of klines, its minute. */
    void add(long key, long timeUs, long price) {
        rows++;
        if (unreadable && key <= previousKey) {
            openEndKey = Math.max(openEndKey, previousKey);
        }
        if (unreadable && (previousKey < 0 || key <= previousKey)) {
            openStartKey = Math.min(openStartKey, key);
        }
        unreadable = false;
        sorted &= key >= previousKey;
        previousKey = key;
        if (firstKey < 0 || key < firstKey) {
            firstKey = key;
            firstPrice = price;
            firstKeyUs = timeUs;
        }
        if (key >= lastKey) {
            lastKey = key;
            lastPrice = price;
            lastKeyUs = timeUs;
        }
        if (!name.mayHold(timeUs, toleranceUs)) {
            firstOutsideUs = outside++ == 0 ? timeUs : firstOutsideUs;
            return;
        }
        sample.add(key, timeUs, price);
        if (previousTimeUs >= 0) {
            longestPauseUs = Math.max(longestPauseUs, Math.abs(timeUs - previousTimeUs));
            firstTimeUs = Math.min(firstTimeUs, timeUs);
            lastTimeUs = Math.max(lastTimeUs, timeUs);
        } else {
            firstTimeUs = timeUs;
            lastTimeUs = timeUs;
        }
        previousTimeUs = timeUs;
    }

    ArchiveFile ofDump(Path file, DumpKind kind, String symbol, boolean header) {
        boolean klines = kind == DumpKind.KLINES;
        openEndKey = unreadable ? Math.max(openEndKey, previousKey) : openEndKey;
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
                rows > 0 && firstKey < openStartKey && name.holdsInFirstMinute(firstKeyUs),
                rows > 0 && lastKey > openEndKey && name.holdsInLastMinute(lastKeyUs));
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
