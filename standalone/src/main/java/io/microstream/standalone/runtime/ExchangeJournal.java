package io.microstream.standalone.runtime;

import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the position of an exchange in a file that survives a killed process, so that the exchange
 * of the next process continues from there.
 *
 * <p>The exchange's thread writes the position to mapped memory, without a system call.
 */
final class ExchangeJournal implements AutoCloseable {

    private static final String FILE = "exchange.position";

    private final MappedByteBuffer row;

    private ExchangeJournal(MappedByteBuffer row) {
        this.row = row;
    }

    /**
     * Opens the journal, creating it if necessary.
     *
     * @param folder of the checkpoints
     * @param resume whether to keep the position that the file holds; it starts from 0 otherwise
     */
    static ExchangeJournal open(Path folder, boolean resume) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!resume) {
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
                    "Position of the exchange not readable: file=" + file + ". Delete the file", e);
        }
    }

    /** Returns the number of rows played so far; 0 for a new journal. */
    long row() {
        return row.getLong(0);
    }

    /** Records how many rows have been played in all. */
    void played(long rows) {
        row.putLong(0, rows);
    }

    @Override
    public void close() {
        row.force();
    }
}
