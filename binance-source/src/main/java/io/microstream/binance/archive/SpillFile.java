package io.microstream.binance.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps sorted runs of trades in one temporary file, deleted when it is closed (on POSIX systems
 * already while it is open, so nothing stays behind after a crash).
 */
final class SpillFile implements Closeable {

    private static final int BLOCK_TRADES = 1024;
    private static final int TRADE_BYTES = TradeRun.LONGS * Long.BYTES;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_TRADES * TRADE_BYTES);
    private final List<Long> starts = new ArrayList<>();

    SpillFile() {
        try {
            Path file = Files.createTempFile("microstream-sort-", ".bin");
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Appends a sorted run to the file. */
    void write(TradeRun run) {
        try {
            starts.add(channel.size());
            channel.position(channel.size());
            for (int rank = 0; rank < run.size; rank += BLOCK_TRADES) {
                writeBlock(run, rank, Math.min(run.size, rank + BLOCK_TRADES));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeBlock(TradeRun run, int from, int to) throws IOException {
        block.clear();
        LongBuffer longs = block.asLongBuffer();
        for (int rank = from; rank < to; rank++) {
            longs.put(run.data, run.at(rank), TradeRun.LONGS);
        }
        block.limit((to - from) * TRADE_BYTES);
        while (block.hasRemaining()) {
            channel.write(block);
        }
    }

    /** Returns one reader for each run in the order of writing. */
    List<Reader> readers() {
        try {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < starts.size(); i++) {
                long end = i + 1 < starts.size() ? starts.get(i + 1) : channel.size();
                readers.add(new Reader(i, starts.get(i), end));
            }
            return readers;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static ArchiveException failed(IOException cause) {
        return new ArchiveException(
                String.format(
                        Locale.ROOT,
                        "Temporary file for sorting failed: dir=%s cause=%s. Free space there or set -Djava.io.tmpdir.",
                        System.getProperty("java.io.tmpdir"),
                        cause.getMessage()),
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Temporary file for sorting cannot be closed", e);
        }
    }

    /** Reads one run from its start, a block at a time. */
    final class Reader {
        final int run;
        final long[] data = new long[BLOCK_TRADES * TradeRun.LONGS];
        int at;

        private long position;
        private final long end;
        private int filled;

        private Reader(int run, long start, long end) {
            this.run = run;
            this.position = start;
            this.end = end;
        }

        long id() {
            return data[at];
        }

        /** Moves to the next trade; returns false after the last one. */
        boolean next() {
            at += TradeRun.LONGS;
            if (at < filled) {
                return true;
            }
            int bytes = (int) Math.min(end - position, block.capacity());
            if (bytes == 0) {
                return false;
            }
            try {
                load(bytes);
            } catch (IOException e) {
                throw failed(e);
            }
            return true;
        }

        private void load(int bytes) throws IOException {
            block.clear().limit(bytes);
            while (block.hasRemaining()) {
                if (channel.read(block, position + block.position()) < 0) {
                    throw new IOException("ends too early");
                }
            }
            block.flip();
            block.asLongBuffer().get(data, 0, bytes / Long.BYTES);
            position += bytes;
            filled = bytes / Long.BYTES;
            at = 0;
        }
    }
}
