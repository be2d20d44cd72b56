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
 * The checkpoints of a folder. One that a killed process left behind may be unfinished: only those
 * with metadata count.
 */
public final class Checkpoints {

    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /** The newest finished checkpoint or savepoint below a folder. */
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
