package io.microstream.binance.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Reads the lines of a recorded file in place, in a reused buffer: {@code [from, to)} of {@link
 * #bytes} until the next call of {@link #next}. Ends of line are LF or CR LF; the last line needs
 * none; a byte-order mark is passed over. The buffer grows to the longest line, at most {@link
 * #MAX_LINE}; of a longer one only the start is kept, with {@link #tooLong} set.
 */
final class ByteLines implements Closeable {

    static final int MAX_LINE = 1 << 24;

    private static final int BUFFER = 1 << 15;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;

    byte[] bytes = new byte[BUFFER];
    int from;
    int to;

    /** The number of the line, counted from 1. */
    long line;

    boolean tooLong;

    /** Whether this is where a cut-off recording ends: a part of a line, or an empty one. */
    boolean atCut;

    private final Path file;
    private final InputStream in;
    private int next;
    private int filled;
    private boolean ended;
    private final boolean recording;
    private boolean cut;

    private ByteLines(Path file, InputStream in, boolean recording) {
        this.file = file;
        this.in = in;
        this.recording = recording;
    }

    /**
     * Opens the file before its first line.
     *
     * @throws ArchiveException if it is missing or not the zip or gzip its name says
     */
    static ByteLines open(Path file) {
        return open(file, false);
    }

    /** Opens a recording: where it is cut off, it ends, with {@link #atCut} set. */
    static ByteLines openRecording(Path file) {
        return open(file, true);
    }

    private static ByteLines open(Path file, boolean recording) {
        if (!Files.isRegularFile(file)) {
            throw new ArchiveException(
                    "File not found: path=" + file + ". Check the path, or download it again.");
        }
        try {
            ByteLines lines = new ByteLines(file, ArchiveBytes.open(file), recording);
            lines.skipByteOrderMark();
            return lines;
        } catch (IOException e) {
            throw unreadable(file, 0, e);
        }
    }

    private void skipByteOrderMark() {
        while (filled < 3 && !ended) {
            fill();
        }
        if (filled >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb) {
            next = bytes[2] == (byte) 0xbf ? 3 : 0;
        }
    }

    /**
     * Moves to the next line; returns false at the end of the file.
     *
     * @throws ArchiveException if the file cannot be read or its container is damaged
     */
    boolean next() {
        from = next;
        tooLong = false;
        int end = newline(from);
        while (end < 0 && !ended) {
            makeRoom();
            int scanned = filled - from;
            fill();
            end = newline(from + scanned);
        }
        if (end < 0) {
            end = filled;
            next = filled;
            if (from == filled && !tooLong && (!cut || atCut)) {
                return false;
            }
            atCut = cut;
        } else {
            next = end + 1;
        }
        to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        line++;
        return true;
    }

    private int newline(int start) {
        int at = start;
        for (; at <= filled - Long.BYTES; at += Long.BYTES) {
            long x = (long) LONGS.get(bytes, at) ^ NEWLINES;
            long hit = (x - 0x0101010101010101L) & ~x & 0x8080808080808080L;
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; at < filled; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, filled - from);
            filled -= from;
            from = 0;
        } else if (filled == MAX_LINE) {
            tooLong = true;
            filled = MAX_LINE / 2;
        }
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, 2 * bytes.length));
        }
    }

    private void fill() {
        try {
            int count = in.read(bytes, filled, bytes.length - filled);
            ended = count < 0;
            filled += Math.max(0, count);
        } catch (EOFException e) {
            if (!recording) {
                throw unreadable(file, line, e);
            }
            cut = true;
            ended = true;
        } catch (IOException e) {
            throw unreadable(file, line, e);
        }
    }

    /** Returns the error to throw for a file that cannot be read further. */
    static ArchiveException unreadable(Path file, long line, IOException cause) {
        String where = "path=" + file + (line > 0 ? ":" + (line + 1) : "");
        if (cause instanceof NoSuchFileException) {
            return new ArchiveException("File not found: " + where + ". Check the path.", cause);
        }
        boolean damaged = cause instanceof EOFException || cause instanceof ZipException;
        String what = damaged ? "File is damaged or cut off: " : "File cannot be read: ";
        String remedy = damaged ? ". Download it again." : ". Check the file and its permissions.";
        String why = String.valueOf(cause.getMessage()).replace('\n', ' ');
        return new ArchiveException(what + where + " cause=" + why + remedy, cause);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, line, e);
        }
    }
}
