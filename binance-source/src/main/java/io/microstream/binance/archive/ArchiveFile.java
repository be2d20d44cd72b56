package io.microstream.binance.archive;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Describes what an inspection found about one symbol's rows in one file.
 *
 * <p>Of a capture, each frame is counted once: with its own symbol where that is among {@link
 * #symbolsInFile}, else with the first of these. So the sum of rows, malformed and ignored over the
 * symbols of a file is its number of non-empty lines.
 *
 * @param path the file, absolute
 * @param kind what the file holds
 * @param symbol upper case
 * @param symbolsInFile every symbol inspected in this file; of dumps only {@code symbol}
 * @param aggregated true if the ids are aggregate-trade ids: always in {@link DumpKind#AGG_TRADES},
 *     in a capture if it has aggregate trades of the symbol (single trades are then ignored)
 * @param microseconds true if the file's times are in microseconds, false for milliseconds
 * @param header true if the first line names the columns
 * @param rows readable rows of the symbol; of a capture its trades
 * @param malformed rows that cannot be read
 * @param ignored readable frames that are not the trades wanted; 0 for dumps
 * @param firstId lowest id; −1 without rows and for klines
 * @param lastId highest id; −1 without rows and for klines
 * @param firstTimeUs earliest time (of klines: open time) inside the period that the file is named
 *     after, microseconds; −1 without rows
 * @param lastTimeUs latest time inside it, microseconds; −1 without rows
 * @param sorted true if ids (of klines: open times) never decrease
 * @param startsAtPeriodStart true if the name is a Binance dump name of a UTC day or month and the
 *     first row lies in its first minute
 * @param endsAtPeriodEnd the same of the last row and the last minute
 */
public record ArchiveFile(
        String path,
        DumpKind kind,
        String symbol,
        List<String> symbolsInFile,
        boolean aggregated,
        boolean microseconds,
        boolean header,
        long rows,
        long malformed,
        long ignored,
        long firstId,
        long lastId,
        long firstTimeUs,
        long lastTimeUs,
        boolean sorted,
        boolean startsAtPeriodStart,
        boolean endsAtPeriodEnd)
        implements Serializable {

    public ArchiveFile {
        symbolsInFile = List.copyOf(symbolsInFile);
    }

    /** Returns the end of the UTC day or month that the file is named after; negative without. */
    public long periodEndMs() {
        return Math.floorDiv(DumpName.of(Path.of(path)).periodToUs(), 1_000);
    }

    /** Returns whether frames without a readable symbol are counted with this symbol. */
    boolean takesUnattributed() {
        return symbolsInFile.get(0).equals(symbol);
    }
}
