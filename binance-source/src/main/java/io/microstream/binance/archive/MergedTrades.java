package io.microstream.binance.archive;

import java.io.Closeable;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The rows of one symbol over all its files, merged by id: files may follow one another, overlap (a
 * day beside its month) or interleave (two recorders of one stream, each with holes of its own). A
 * file is opened when its first id is reached. Rows that cannot be read come where they stand in
 * their file; rows with an id that has come before are not dropped.
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

        /** Moves on; a row without an id counts as the very next. */
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
     * @param files ordered by first id
     * @param skip rows of the merged order to pass over
     */
    public MergedTrades(List<ArchiveFile> files, long skip) {
        this.files = files;
        long left = passWholeFiles(skip);
        choose();
        for (; left > 0 && head != null; left--) {
            advance();
        }
    }

    /** Files before the position that overlap no other need not be opened. */
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

    /**
     * Makes the lowest id of all open files the head, opening files as their first id is reached.
     */
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

    /** True if there is a row. */
    public boolean hasRow() {
        return head != null;
    }

    /** The row; it holds until {@link #advance}. There must be one. */
    public TradeCursor row() {
        return head.rows;
    }

    /** Time of the row, microseconds; where it has none, that of the row before. */
    public long timeUs() {
        return timeUs;
    }

    /** Moves to the next row. */
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
