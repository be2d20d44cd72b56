package io.microstream.standalone.runtime;

import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the checkpoints of a folder. A killed process may leave an unfinished one behind, so only
 * those with metadata count.
 */
public final class Checkpoints {

    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /**
     * Returns the newest completed checkpoint or savepoint below a folder; empty if there is none.
     */
    public static Optional<Path> newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.endsWith(METADATA))
                    .max(Comparator.comparing(Checkpoints::written))
                    .map(Path::getParent);
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(
                    "Checkpoints not readable: checkpoints="
                            + folder
                            + ". Give a folder that this user may read",
                    e);
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
