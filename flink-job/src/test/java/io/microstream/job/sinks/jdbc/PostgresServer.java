package io.microstream.job.sinks.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on loopback that can be stopped, killed and started again on its data. */
final class PostgresServer implements AutoCloseable {

    private final Path directory;
    private EmbeddedPostgres server;
    private final int port;

    private PostgresServer(Path directory) throws IOException {
        this.directory = directory;
        this.server = launch(0);
        this.port = server.getPort();
    }

    static PostgresServer start(Path directory) throws IOException {
        return new PostgresServer(directory);
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofSeconds(30))
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        // What is committed must survive a kill, as on a server of its own.
                        .setServerConfig("synchronous_commit", "on");
        if (onPort != 0) {
            builder.setPort(onPort);
        }
        return builder.start();
    }

    /** A URL of one of its databases. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /** Stops it in order; clients are cut off. */
    void stop() throws IOException {
        server.close();
    }

    /** Kills its first process, as {@code kill -9} does. */
    void kill() throws Exception {
        long pid =
                Long.parseLong(
                        Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        server.close();
    }

    /** Puts rules before those of pg_hba.conf; they hold once the configuration is read again. */
    void prependAccessRules(List<String> rules) throws IOException {
        Path file = directory.resolve("pg_hba.conf");
        List<String> all = new ArrayList<>(rules);
        all.addAll(Files.readAllLines(file));
        Files.write(file, all);
    }

    /** Starts it again on the same data and port. */
    void startAgain() throws IOException {
        Files.deleteIfExists(directory.resolve("epg-lock"));
        server = launch(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
