package io.microstream.binance.archive;

import java.util.List;

/**
 * The result of an inspection.
 *
 * @param files by symbol, then by first id (klines: by first open time)
 * @param warnings what looks wrong and may be right, a line each: file, what its name promises and
 *     what it holds
 * @param unreadable rows that cannot be read
 */
public record InspectedFiles(
        List<ArchiveFile> files, List<String> warnings, UnreadableRows unreadable) {

    public InspectedFiles {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
