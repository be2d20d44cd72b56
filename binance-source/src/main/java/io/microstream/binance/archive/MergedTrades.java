package io.microstream.binance.archive;

import java.io.Closeable;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges the rows of one symbol from all its files by id: files may follow one another, overlap (a
 * day beside its month) or interleave (two recorders of one stream, each with gaps of its own). A
 * file is opened when its first id is reached. Rows that cannot be read keep their place in their
 * file; duplicate ids are kept.
 */
public final class MergedTrades implements Closeable {

    private static final class Head {
        final TradeCursor rows;
        final int file;
        long id;

        Head(TradeCursor rows, int file) {
            this.rows = rows;
            this.file = file;
        }

        /** Moves to the file's next row; a row without an id precedes all others. */
        boolean next() {
            boolean found = rows.next();
            if (found) {
                id = rows.isMalformed() ? Long.MIN_VALUE : rows.id();
            }
            return found;
        }
    }

    private final List<ArchiveFile> files;
    private final PriorityQueue<Head> others =
            new PriorityQueue<>(
                    Comparator.comparingLong((Head head) -> head.id)
                            .thenComparingInt(head -> head.file));
    private int nextFile;
    private Head head;
    private long timeUs;

    /**
     * Opens the files at a position.
     *
     * @param files ordered by first id
     * @param skip number of merged rows to skip
     */
    public MergedTrades(List<ArchiveFile> files, long skip) {
        this.files = files;
        long left = passWholeFiles(skip);
        choose();
        for (; left > 0 && head != null; left--) {
            advance();
        }
    }

    /** Skips files before the position that overlap no other, without opening them. */
    private long passWholeFiles(long skip) {
        long left = skip;
        while (nextFile + 1 < files.size()) {
            ArchiveFile file = files.get(nextFile);
            long rows = file.rows() + file.malformed();
            if (rows > left || file.lastId() >= files.get(nextFile + 1).firstId()) {
                break;
            }
            left -= rows;
            timeUs = file.lastTimeUs();
            nextFile++;
        }
        return left;
    }

    /** Makes the lowest id of all open files the head; opens files whose first id is reached. */
    private void choose() {
        if (head != null && !others.isEmpty() && precedes(others.peek(), head)) {
            others.add(head);
            head = others.poll();
        } else if (head == null) {
            head = others.poll();
        }
        while (nextFile < files.size()
                && (head == null || files.get(nextFile).firstId() <= head.id)) {
            Head opened = new Head(TradeCursor.open(files.get(nextFile)), nextFile);
            nextFile++;
            if (!opened.next()) {
                opened.rows.close();
            } else if (head == null) {
                head = opened;
            } else if (precedes(opened, head)) {
                others.add(head);
                head = opened;
            } else {
                others.add(opened);
            }
        }
        if (head != null && !head.rows.isMalformed()) {
            timeUs = head.rows.timeUs();
        }
    }

    private static boolean precedes(Head one, Head other) {
        return one.id != other.id ? one.id < other.id : one.file < other.file;
    }

    /** Returns false once all rows have been read. */
    public boolean hasRow() {
        return head != null;
    }

    /** Returns the current row, valid until {@link #advance}; there must be one. */
    public TradeCursor row() {
        return head.rows;
    }

    /** Returns the index of the file that holds the current row. */
    int file() {
        return head.file;
    }

    /** Returns the row's time in microseconds; a malformed row has that of the row before. */
    public long timeUs() {
        return timeUs;
    }

    /** Moves to the next row in the order of ids. */
    public void advance() {
        if (!head.next()) {
            head.rows.close();
            head = null;
        }
        choose();
    }

    @Override
    public void close() {
        if (head != null) {
            head.rows.close();
        }
        others.forEach(other -> other.rows.close());
        others.clear();
        head = null;
    }
}
