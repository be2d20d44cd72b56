package io.microstream.standalone.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.report.UserError;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL server on loopback that runs as long as this process. */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    /** What the server's programs, its files and its first write-ahead log take. */
    private static final long NEEDED_BYTES = 150_000_000;

    private static final String REMEDY =
            "set TMPDIR to another folder, or give a database with --jdbc";
    private static final Pattern ERROR = Pattern.compile("(error|ERROR|FATAL|PANIC): +(.*)");
    private static final int QUOTED = 300;

    private final EmbeddedPostgres server;
    private final StateFolder folder;
    private final Path output;

    private EmbeddedDatabase(EmbeddedPostgres server, StateFolder folder, Path output) {
        this.server = server;
        this.folder = folder;
        this.output = output;
    }

    /**
     * Starts the server on a free port.
     *
     * @param directory for its data
     * @param keep whether the data stay when the server is closed
     */
    public static EmbeddedDatabase start(Path directory, boolean keep) {
        StateFolder folder = new StateFolder(directory);
        Path output = null;
        try {
            // Not in the folder of the data, whose disk may be full.
            output = Files.createTempFile(logs(), "postgres-", ".log");
            return new EmbeddedDatabase(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(directory.toFile())
                            .setCleanDataDirectory(!keep)
                            .setOutputRedirector(Redirect.appendTo(output.toFile()))
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("max_connections", "100")
                            // An interrupted run is repeated and writes the same rows.
                            .setServerConfig("synchronous_commit", "off")
                            .start(),
                    folder,
                    output);
        } catch (IOException | RuntimeException e) {
            throw new UserError(
                    "Embedded PostgreSQL did not start: %s needed=%s cause=%s. Free space there, %s"
                            .formatted(
                                    folder.place(),
                                    StateFolder.megabytes(NEEDED_BYTES),
                                    output == null
                                            ? LocalFlink.innermost(e)
                                            : reason(e, folder, output),
                                    REMEDY));
        }
    }

    private static Path logs() {
        String log = System.getProperty("microstream.log");
        Path folder = log == null ? null : Path.of(log).toAbsolutePath().getParent();
        return folder != null && Files.isWritable(folder)
                ? folder
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Returns the error that initdb or the server wrote, else that of starting them. */
    private static String reason(Exception failure, StateFolder folder, Path output) {
        LOG.error("Embedded PostgreSQL did not start", failure);
        String said = lastError(output);
        if (!said.isEmpty()) {
            return said;
        }
        String fault = folder.fault(0);
        return fault.isEmpty() ? LocalFlink.innermost(failure) : fault;
    }

    /** Returns the newest error that the server's programs wrote; empty if there is none. */
    private static String lastError(Path output) {
        try {
            return Files.readAllLines(output, ISO_8859_1).stream()
                    .map(ERROR::matcher)
                    .filter(Matcher::find)
                    .map(line -> line.group(1) + ": " + line.group(2).strip())
                    .reduce((first, last) -> last)
                    .map(line -> line.substring(0, Math.min(QUOTED, line.length())))
                    .orElse("");
        } catch (IOException e) {
            LOG.warn("Output of PostgreSQL not readable: file={}", output, e);
            return "";
        }
    }

    /** Returns what the server wrote last of errors, and how much room its folder has. */
    String condition() {
        String error = lastError(output);
        return (error.isEmpty() ? "" : "server says " + error + ", ") + folder.place();
    }

    /**
     * Fails once the server has ended by itself, since nobody starts it again.
     *
     * @throws UserError that says why
     */
    void requireRunning() {
        if (!Files.exists(folder.path().resolve("postmaster.pid"))) {
            throw new UserError(
                    "The embedded PostgreSQL has stopped: %s. Free space there, %s"
                            .formatted(condition(), REMEDY));
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    /** Returns the URL of the server for programs that take libpq's URLs. */
    String psqlUrl() {
        return "postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    public Database database() {
        return Database.at(jdbcUrl());
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(output);
        } catch (IOException e) {
            LOG.warn("Embedded PostgreSQL did not stop cleanly", e);
        }
    }
}
