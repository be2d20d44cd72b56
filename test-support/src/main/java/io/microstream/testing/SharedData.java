package io.microstream.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code shared} that lies beside the project on some machines and is no part of it:
 * real market data and tools. The system property {@code microstream.shared} names another place.
 */
public final class SharedData {

    private SharedData() {}

    /** Returns the path of a file of the shared folder, whether it is there or not. */
    public static Path path(String relative) {
        return Path.of(System.getProperty("microstream.shared", "../../shared")).resolve(relative);
    }

    /** Returns a file of the shared folder; skips the test with its reason if it is not there. */
    public static Path require(String relative) {
        Path path = path(relative);
        assumeTrue(
                Files.exists(path),
                "No shared data: " + path.toAbsolutePath().normalize() + " is not there");
        return path;
    }
}
