package io.microstream.standalone.runtime;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.report.UserError;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL server on loopback that runs as long as this process. */
final class EmbeddedDatabase implements AutoCloseable {

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server on a free port.
     *
     * @param directory for its data
     * @param keep whether the data stay when the server is closed
     */
    static EmbeddedDatabase start(Path directory, boolean keep) {
        try {
            return new EmbeddedDatabase(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(directory.toFile())
                            .setCleanDataDirectory(!keep)
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("max_connections", "100")
                            // An interrupted run is repeated and writes the same rows.
                            .setServerConfig("synchronous_commit", "off")
                            .start());
        } catch (IOException | IllegalStateException e) {
            throw new UserError(
                    "Embedded PostgreSQL did not start: directory="
                            + directory
                            + ". Give a database with --jdbc, or see the log.",
                    e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    /** Returns the URL of the server for programs that take libpq's URLs. */
    String psqlUrl() {
        return "postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    Database database() {
        return Database.at(jdbcUrl());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(EmbeddedDatabase.class)
                    .warn("Embedded PostgreSQL did not stop cleanly", e);
        }
    }
}
