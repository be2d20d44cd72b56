package io.microstream.binance.archive;

import java.util.Locale;
import java.util.Optional;

/**
 * Counts rows that could not be read and keeps the first of them. Every command that reads recorded
 * rows reports them in one line and then ends with exit code 1.
 */
public final class UnreadableRows implements MalformedRows {

    private long count;
    private String first;

    @Override
    public void accept(String path, long line, String reason, String text) {
        if (count++ == 0) {
            first = String.format(Locale.ROOT, "%s:%d, %s: %s", path, line, reason, text);
        }
    }

    /** Adds the rows that another reader could not read, behind the own ones. */
    void add(UnreadableRows others) {
        first = count == 0 ? others.first : first;
        count += others.count;
    }

    public long count() {
        return count;
    }

    /** Returns the first row: file and line, reason, text; null if there is none. */
    public String first() {
        return first;
    }

    /** Returns the count and the first row with place, reason and text; empty if there is none. */
    public Optional<String> line() {
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%,d row%s could not be read, first %s",
                                count,
                                count == 1 ? "" : "s",
                                first));
    }
}
