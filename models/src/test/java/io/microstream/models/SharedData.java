package io.microstream.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data that lies beside the project and is not part of it; tests that need it are skipped without.
 */
public final class SharedData {

    private SharedData() {}

    /** A file of the shared folder; skips the test if it is not there. */
    public static Path require(String relative) {
        String folder = System.getProperty("microstream.shared", "../../shared");
        Path path = Path.of(folder).resolve(relative);
        assumeTrue(
                Files.exists(path),
                "skipped: " + path.toAbsolutePath().normalize() + " is not there");
        return path;
    }
}
