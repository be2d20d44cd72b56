package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On plain PostgreSQL, which can also be taken away. */
class TimescaleSinksITCase extends SinksOnDatabase {

    @TempDir private static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    String adminUrl() {
        return server.url();
    }

    @Test
    void withoutTheExtensionTablesArePlain() throws Exception {
        Schema.migrate(target());
        assertThat(database().rows("SELECT extname FROM pg_extension"))
                .doesNotContain("timescaledb");
        assertThat(
                        database()
                                .rows(
                                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                                                + " ORDER BY tablename"))
                .containsAll(TABLES);
    }

    @Test
    void aWrongPasswordIsRefusedInOneLineThatDoesNotShowIt() throws Exception {
        database().run("DROP ROLE IF EXISTS guarded");
        database().run("CREATE ROLE guarded LOGIN PASSWORD 'right-one'");
        // Local connections are trusted, so the server has to be told to ask.
        List<String> hba = List.of("host all guarded 127.0.0.1/32 scram-sha-256");
        server.prependAccessRules(hba);
        database().run("SELECT pg_reload_conf()");
        String url = database().url().replace("user=postgres", "user=guarded&password=wrong-one");
        assertThatThrownBy(() -> Schema.migrate(Database.at(url)))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("guarded")
                .hasMessageNotContaining("wrong-one")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aDatabaseThatStopsAndComesBackLosesNothingAndRestartsNothing() throws Exception {
        Schema.migrate(target());
        Map<String, List<String>> expected = undisturbed();
        JobID job = submit(1800);
        awaitBars(100, job);
        server.stop();
        server.startAgain();
        assertEndsAs(expected, job);
    }

    @Test
    void aDatabaseThatIsKilledAgainAndAgainLosesNothingAndRestartsNothing() throws Exception {
        Schema.migrate(target());
        Map<String, List<String>> expected = undisturbed();
        JobID job = submit(1800);
        for (int bars : new int[] {50, 150, 250}) {
            awaitBars(bars, job);
            server.kill();
            server.startAgain();
        }
        assertEndsAs(expected, job);
    }

    @Test
    void aJobThatWaitsForItsDatabaseCanBeCancelledAndTakesNoTaskManagerAlong() throws Exception {
        Schema.migrate(target());
        JobID job = submit(1800);
        awaitBars(50, job);
        server.stop();
        try {
            assertThat(cluster().cancel(job, Duration.ofSeconds(20))).isEqualTo(JobStatus.CANCELED);
            assertThat(cluster().taskManagers()).isEqualTo(1);
        } finally {
            server.startAgain();
        }
    }
}
