package io.microstream.live.market;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL on loopback with the tables of MicroStream, empty; it can be stopped and
 * started again on its data and port.
 */
public final class MarketDatabase implements AutoCloseable {

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private MarketDatabase(Path directory) throws IOException {
        this.directory = directory;
        this.server = launch(0);
        this.port = server.getPort();
    }

    /**
     * Starts one and migrates it.
     *
     * @param directory an empty one for its data, a test's temporary folder
     */
    public static MarketDatabase start(Path directory) throws IOException {
        MarketDatabase database = new MarketDatabase(directory);
        Flyway.configure()
                .dataSource(database.url(), null, null)
                .locations("classpath:sql")
                .load()
                .migrate();
        return database;
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "100")
                        .setServerConfig("synchronous_commit", "off");
        if (onPort != 0) {
            builder.setPort(onPort);
        }
        return builder.start();
    }

    /** JDBC URL of the owner of the tables. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** A connection of the owner of the tables, to be closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** Stops it in order; clients are cut off, data stay. */
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
    }
}
