package io.microstream.binance.archive;

/** Receives the rows that cannot be read. */
@FunctionalInterface
public interface MalformedRows {

    /**
     * Handles one malformed row.
     *
     * @param path the file
     * @param line 1-based
     * @param reason what is wrong
     * @param text the row, cut to 200 characters
     */
    void accept(String path, long line, String reason, String text);
}
