package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits the data rows of a CSV file into columns. Header and empty lines are skipped; the first
 * data row determines the number of columns, and whether fields are in quotes.
 */
final class CsvColumns {

    private static final int MAX_COLUMNS = 16;

    final ByteLines lines;

    /** True if the file starts with a line of names. */
    boolean header;

    /** How often the line of names is repeated further down. */
    int repeatedHeaders;

    /** The number of columns of the rows; 0 before the first row. */
    int columns;

    private final Path file;
    private final DumpKind kind;
    private final int[] ends = new int[MAX_COLUMNS];
    private int found;
    private boolean quoted;
    private byte[] names;

    CsvColumns(Path file, DumpKind kind) {
        this.file = file;
        this.kind = kind;
        this.lines = ByteLines.open(file);
    }

    /**
     * Moves to the next data row; returns false at the end of the file.
     *
     * @throws ArchiveException if the first data row does not have the columns of the kind
     */
    boolean next() {
        while (lines.next()) {
            if (lines.from == lines.to || isHeader()) {
                continue;
            }
            if (columns == 0) {
                quoted = lines.bytes[lines.from] == '"';
            }
            if (quoted) {
                unquote();
            }
            split();
            if (columns == 0) {
                columns = expected(found);
            }
            return true;
        }
        return false;
    }

    /** Returns whether the line names the columns; files put together repeat such a line. */
    private boolean isHeader() {
        byte[] bytes = lines.bytes;
        boolean inQuotes = bytes[lines.from] == '"' && lines.from + 1 < lines.to;
        if (!isLetter(bytes[lines.from + (inQuotes ? 1 : 0)])) {
            return false;
        }
        if (lines.line == 1) {
            header = true;
            names = Arrays.copyOfRange(bytes, lines.from, lines.to);
            return true;
        }
        boolean again =
                names != null && Arrays.equals(bytes, lines.from, lines.to, names, 0, names.length);
        repeatedHeaders += again ? 1 : 0;
        return again;
    }

    /** Removes the quotes from the line in place. */
    private void unquote() {
        int end = lines.from;
        for (int at = lines.from; at < lines.to; at++) {
            if (lines.bytes[at] != '"') {
                lines.bytes[end++] = lines.bytes[at];
            }
        }
        lines.to = end;
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
    }

    private void split() {
        byte[] bytes = lines.bytes;
        int to = lines.to;
        int count = 0;
        for (int at = lines.from; at < to; at++) {
            if (bytes[at] == ',') {
                if (count == MAX_COLUMNS - 1) {
                    found = MAX_COLUMNS + 1;
                    return;
                }
                ends[count++] = at;
            }
        }
        ends[count++] = to;
        found = count;
    }

    private int expected(int count) {
        boolean right =
                switch (kind) {
                    case AGG_TRADES -> count == 7 || count == 8;
                    case TRADES -> count == 6 || count == 7;
                    case KLINES -> count == 6 || count == 12;
                    case CAPTURE -> false;
                };
        if (!right) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Wrong columns: path=%s:%d columns=%d expected=%s kind=%s. Give files of this kind or ask for another.",
                            file,
                            lines.line,
                            count,
                            columnsOf(kind),
                            kind));
        }
        return count;
    }

    private static String columnsOf(DumpKind kind) {
        return switch (kind) {
            case AGG_TRADES -> "7|8";
            case TRADES -> "6|7";
            case KLINES -> "6|12";
            case CAPTURE -> "none";
        };
    }

    /** Returns whether the row has as many columns as the first one. */
    boolean isWhole() {
        return found == columns && !lines.tooLong;
    }

    int from(int column) {
        return column == 0 ? lines.from : ends[column - 1] + 1;
    }

    int to(int column) {
        return ends[column];
    }
}
