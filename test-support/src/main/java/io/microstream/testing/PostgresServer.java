package io.microstream.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL on loopback that can be stopped, killed and started again on its data and port.
 *
 * <p>What is committed survives the death of its processes, not that of the machine. Its owner is
 * {@code postgres}, who needs no password; {@link #url()} names the database {@code postgres},
 * which is empty until {@link #migrated()} makes MicroStream's tables there.
 */
public final class PostgresServer implements AutoCloseable {

    private final Path directory;
    private final boolean temporary;
    private final AtomicInteger databases = new AtomicInteger();
    private EmbeddedPostgres server;
    private final int port;

    private PostgresServer(Path directory, boolean temporary) throws IOException {
        this.directory = directory;
        this.temporary = temporary;
        this.server = launch(0);
        this.port = server.getPort();
    }

    /** Starts a server on a directory of its own, which is deleted when the server is closed. */
    public static PostgresServer start() throws IOException {
        return new PostgresServer(Files.createTempDirectory("microstream-test-postgres"), true);
    }

    /** Starts a server on {@code directory}, empty or not yet there, which stays when it closes. */
    public static PostgresServer start(Path directory) throws IOException {
        return new PostgresServer(directory, false);
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        // A killed process loses no commit; only a dead machine would.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "on");
        return (onPort == 0 ? builder : builder.setPort(onPort)).start();
    }

    /** Creates MicroStream's tables in the database {@code postgres}, or brings them up to date. */
    public PostgresServer migrated() {
        migrate(url());
        return this;
    }

    /** Creates MicroStream's tables in the database at {@code url}, or brings them up to date. */
    public static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .jdbcProperties(Map.of())
                .locations("classpath:io/microstream/testing/sql")
                .load()
                .migrate();
    }

    /** Returns the JDBC URL of the database {@code postgres}, as its owner. */
    public String url() {
        return url("postgres");
    }

    /** Returns the JDBC URL of the database {@code name}, which need not exist, as its owner. */
    public String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
    }

    /** Creates an empty database beside the others and returns its JDBC URL. */
    public String fresh() throws SQLException {
        return TestDatabase.create(url(), "fresh" + databases.incrementAndGet()).url();
    }

    /** Runs statements in the database {@code postgres}, each committed by itself. */
    public void run(String... statements) throws SQLException {
        TestDatabase.runIn(url(), statements);
    }

    /** Stops the server in order: its clients are cut off, its data stay. */
    public void stop() throws IOException {
        server.close();
    }

    /** Kills the server's first process as {@code kill -9} does and waits for its end. */
    public void kill() throws Exception {
        long pid =
                Long.parseLong(
                        Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        server.close();
    }

    /** Puts rules before those of pg_hba.conf; they hold once the configuration is read again. */
    public void prependAccessRules(List<String> rules) throws IOException {
        Path file = directory.resolve("pg_hba.conf");
        List<String> all = new ArrayList<>(rules);
        all.addAll(Files.readAllLines(file));
        Files.write(file, all);
    }

    /** Starts the stopped or killed server again on the same data and port. */
    public void startAgain() throws IOException {
        Files.deleteIfExists(directory.resolve("epg-lock"));
        server = launch(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (!temporary) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
