package io.microstream.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;

/** The TimescaleDB that the environment names for tests. */
public final class TimescaleDb {

    /** The environment variable with the JDBC URL of one of its databases, of a superuser. */
    public static final String VARIABLE = "MICROSTREAM_TIMESCALEDB_JDBC";

    private static final String TOOL = "tools/timescaledb";

    private TimescaleDb() {}

    /**
     * Returns the JDBC URL of a database on the server. Whether the server answers is for the test
     * to find out, which then fails.
     *
     * <p>Skips the test where no server is named, except in continuous integration ({@code
     * CI=true}) on a machine that could have started one: there the test fails.
     *
     * @throws IllegalStateException if continuous integration should have named a server
     */
    public static String adminUrl() {
        String url = System.getenv(VARIABLE);
        boolean missing = url == null || url.isBlank();
        if (missing
                && "true".equals(System.getenv("CI"))
                && Files.isExecutable(SharedData.path(TOOL))) {
            throw new IllegalStateException(
                    "No TimescaleDB although CI=true and this machine can start one: tool="
                            + SharedData.path(TOOL).toAbsolutePath().normalize()
                            + ". Set "
                            + VARIABLE
                            + ", as .ci/run does.");
        }
        assumeTrue(
                !missing,
                "No TimescaleDB given: set "
                        + VARIABLE
                        + "=jdbc:postgresql://host:port/postgres?user=NAME");
        return url;
    }
}
