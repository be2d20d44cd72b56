package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/** Reads the messages of a recording, plain or gzip, a line at a time. */
final class RecordedLines implements Iterator<RecordedMessage>, AutoCloseable {

    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path file;
    private final BufferedReader lines;
    private long number;
    private long taken;
    private RecordedMessage next;

    /**
     * @throws UncheckedIOException here and later, with the file and the line
     */
    RecordedLines(Path file) {
        this.file = file;
        try {
            lines = new BufferedReader(new InputStreamReader(open(file), ISO_8859_1));
        } catch (IOException e) {
            throw unreadable(number, e);
        }
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RecordedMessage next() {
        if (next == null) {
            throw new NoSuchElementException("No more messages: file=" + file);
        }
        RecordedMessage message = next;
        taken = number;
        advance();
        return message;
    }

    /** Returns the next message without taking it; null at the end. */
    RecordedMessage peek() {
        return next;
    }

    @Override
    public void close() {
        try {
            next = null;
            lines.close();
        } catch (IOException e) {
            throw unreadable(number, e);
        }
    }

    /** Returns the error for the message taken last, with file and line. */
    UncheckedIOException bad(UncheckedIOException why) {
        return unreadable(taken, why.getCause());
    }

    private void advance() {
        try {
            String line = lines.readLine();
            number++;
            while (line != null && (line.isBlank() || line.startsWith("ws"))) {
                line = lines.readLine();
                number++;
            }
            next = line == null ? null : understood(line);
            if (line == null) {
                lines.close();
            }
        } catch (IOException e) {
            throw unreadable(number, e);
        }
    }

    private RecordedMessage understood(String line) throws IOException {
        RecordedMessage message = RecordedMessage.read(line);
        boolean known =
                message != null && (message.isSnapshot() || message.isReply() || message.isFrame());
        if (!known) {
            throw new IOException(
                    "neither a time and a message of a combined stream nor an answer of REST: '"
                            + line.substring(0, Math.min(60, line.length()))
                            + "'");
        }
        return message;
    }

    private UncheckedIOException unreadable(long line, IOException why) {
        return new UncheckedIOException(
                "Recording not read: file=" + file + " line=" + line + ": " + why.getMessage(),
                why);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        try {
            bytes.mark(2);
            int magic = bytes.read() << 8 | bytes.read();
            bytes.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
