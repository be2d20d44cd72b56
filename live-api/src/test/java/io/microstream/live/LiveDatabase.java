package io.microstream.live;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL on loopback with the job's tables, that can be stopped and started again. */
public final class LiveDatabase implements AutoCloseable {

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private LiveDatabase(Path directory) throws IOException {
        this.directory = directory;
        this.server = launch(0);
        this.port = server.getPort();
    }

    /** Starts one and makes the tables. */
    public static LiveDatabase start() throws IOException {
        return startEmpty().migrated();
    }

    /** Starts one without tables. */
    public static LiveDatabase startEmpty() throws IOException {
        return new LiveDatabase(Files.createTempDirectory("live-api-test"));
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofSeconds(30))
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("fsync", "off");
        return (onPort == 0 ? builder : builder.setPort(onPort)).start();
    }

    /** Makes the tables, or brings them up to date. */
    public LiveDatabase migrated() {
        Flyway.configure()
                .dataSource(url(), null, null)
                .jdbcProperties(Map.of())
                .locations("classpath:sql")
                .load()
                .migrate();
        return this;
    }

    /** Where it is, as its owner. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** Runs statements, each committed by itself. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Stops it in order; clients are cut off. */
    public void stop() throws IOException {
        server.close();
    }

    /** Starts it again on the same data and port. */
    public void startAgain() throws IOException {
        Files.deleteIfExists(directory.resolve("epg-lock"));
        server = launch(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
