package io.microstream.standalone.runtime;

import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far an exchange has played, in a file that outlives the process, however it dies: the
 * exchange of the next process goes on there, as the real one would have.
 *
 * <p>The exchange's thread writes the row; it costs no call of the system.
 */
final class ExchangeJournal implements AutoCloseable {

    private static final String FILE = "exchange.position";

    private final MappedByteBuffer row;

    private ExchangeJournal(MappedByteBuffer row) {
        this.row = row;
    }

    /**
     * @param folder where the checkpoints are
     * @param goOn false to begin anew
     */
    static ExchangeJournal open(Path folder, boolean goOn) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!goOn) {
                Files.deleteIfExists(file);
            }
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                return new ExchangeJournal(
                        channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
            }
        } catch (IOException e) {
            throw new UserError(
                    "Position of the exchange not readable: file=" + file + ". Delete it", e);
        }
    }

    /** Rows played before; 0 at first. */
    long row() {
        return row.getLong(0);
    }

    /** Notes that so many rows have been played. */
    void played(long rows) {
        row.putLong(0, rows);
    }

    @Override
    public void close() {
        row.force();
    }
}
