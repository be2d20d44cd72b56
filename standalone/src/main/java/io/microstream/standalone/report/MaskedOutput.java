package io.microstream.standalone.report;

import io.microstream.tables.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** An output in UTF-8 that holds no {@link Secrets}: each piece is masked when it is flushed. */
public final class MaskedOutput extends OutputStream {

    private final OutputStream out;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    private MaskedOutput(OutputStream out) {
        this.out = out;
    }

    /** Returns a stream for the console, which is flushed after each line. */
    public static PrintStream of(OutputStream out) {
        return new PrintStream(new MaskedOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        piece.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        piece.write(bytes, from, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        String text = piece.toString(StandardCharsets.UTF_8);
        piece.reset();
        out.write(Secrets.masked(text).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        flush();
        out.close();
    }
}
