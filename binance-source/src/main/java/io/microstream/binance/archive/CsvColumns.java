package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Splits the data rows of a CSV file into columns. Header and empty lines are skipped; the first
 * data row determines the number of columns.
 */
final class CsvColumns {

    private static final int MAX_COLUMNS = 16;

    final ByteLines lines;

    /** True if the file starts with a line of names. */
    boolean header;

    /** The number of columns of the rows; 0 before the first row. */
    int columns;

    private final Path file;
    private final DumpKind kind;
    private final int[] ends = new int[MAX_COLUMNS];
    private int found;

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
            boolean first = lines.line == 1;
            if (lines.from == lines.to) {
                continue;
            }
            if (first && isLetter(lines.bytes[lines.from])) {
                header = true;
                continue;
            }
            split();
            if (columns == 0) {
                columns = expected(found);
            }
            return true;
        }
        return false;
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == '"';
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
