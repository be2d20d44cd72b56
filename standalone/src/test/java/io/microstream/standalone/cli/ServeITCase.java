package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serves the page for rows of another process, and replays with the page. */
class ServeITCase {

    private static final List<String> ROWS =
            List.of(
                    "1,100.00000000,0.50000000,1,1,1767225600039409,True,True",
                    "2,101.00000000,0.25000000,2,3,1767225660039409,False,True");

    @TempDir private Path folder;

    @Test
    void rowsOfAnotherProcessAreServed() throws Exception {
        int port = PageVisitor.freePort();
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"));
                PageVisitor visitor = new PageVisitor(port)) {
            String url = databases.fresh();
            assertThat(replay("--jdbc", url).exitCode()).isZero();
            try (CliProcess serve = serve(port, "--jdbc", url)) {
                assertThat(visitor.get("/").statusCode()).isEqualTo(200);
                JsonNode bars = visitor.json("/api/v1/bars?symbol=BTCUSDT").path("items");
                assertThat(bars).hasSize(2);
                assertThat(bars.get(0).path("open_time").asText())
                        .isEqualTo("2026-01-01T00:00:00Z");
                assertThat(bars.get(0).path("close").asText()).startsWith("100.");
                assertThat(bars.get(0).path("committed_at").isNull())
                        .as("a bounded run is not stamped")
                        .isTrue();

                assertThat(serve.end()).as(serve.log()).isEqualTo(CliProcess.TERMINATED);
                assertThat(serve.log()).contains("page:     http://127.0.0.1:" + port);
                assertThat(visitor.isRefused()).isTrue();
            }
        }
    }

    @Test
    void missingDatabaseIsReportedAndAwaited() throws Exception {
        int port = PageVisitor.freePort();
        String nowhere = "jdbc:postgresql://127.0.0.1:1/nowhere?user=postgres&password=secret";
        try (PageVisitor visitor = new PageVisitor(port)) {
            try (CliProcess serve = serve(port, "--jdbc", nowhere)) {
                assertThat(visitor.get("/").statusCode()).isEqualTo(200);
                var answer = visitor.get("/api/v1/bars?symbol=BTCUSDT");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body())
                        .contains("urn:microstream:problem:")
                        .doesNotContain("secret");
                assertThat(serve.end()).as(serve.log()).isEqualTo(CliProcess.TERMINATED);
                assertThat(serve.log()).doesNotContain("secret");
            }
        }
    }

    @Test
    void serverStopsAtItsTimeLimit() throws Exception {
        int port = PageVisitor.freePort();
        String nowhere = "jdbc:postgresql://127.0.0.1:1/nowhere?user=postgres&password=secret";
        try (PageVisitor visitor = new PageVisitor(port)) {
            Cli serve = Cli.run("serve", "--jdbc", nowhere, "--page-port", port, "--for", "1s");
            assertThat(serve.exitCode()).as(serve.err()).isZero();
            assertThat(serve.out())
                    .contains("page:     http://127.0.0.1:" + port)
                    .doesNotContain("secret");
            assertThat(visitor.isRefused()).isTrue();
        }
    }

    @Test
    void apiRequiresTheToken() throws Exception {
        int port = PageVisitor.freePort();
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"));
                PageVisitor visitor = new PageVisitor(port)) {
            String url = databases.fresh();
            assertThat(replay("--jdbc", url).exitCode()).isZero();
            try (CliProcess serve = serve(port, "--jdbc", url, "--page-token-file", token)) {
                assertThat(visitor.get("/").statusCode()).isEqualTo(200);
                assertThat(visitor.get("/api/v1/symbols").statusCode()).isEqualTo(401);
                assertThat(
                                visitor.get(
                                                "/api/v1/symbols",
                                                "Authorization",
                                                "Bearer 0123456789abcdef")
                                        .statusCode())
                        .isEqualTo(200);
                assertThat(serve.log()).contains("#token=").doesNotContain("0123456789abcdef");
            }
        }
    }

    @Test
    void replayWithPageStampsItsRows() throws Exception {
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"))) {
            String url = databases.fresh();
            Cli replay = replay("--jdbc", url, "--page", "--page-port", PageVisitor.freePort());
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(replay.out()).contains("page:     http://127.0.0.1:");
            assertThat(
                            TestDatabase.number(
                                    url,
                                    "SELECT count(*) FROM bars WHERE committed_in IS NOT NULL AND"
                                            + " committed_at IS NOT NULL AND is_final"))
                    .isEqualTo(2);
        }
    }

    /** Starts a server and waits until it has printed the page's address. */
    private CliProcess serve(int port, Object... more) throws Exception {
        List<Object> words = new ArrayList<>(List.of("serve", "--page-port", port));
        words.addAll(List.of(more));
        CliProcess serve = CliProcess.start(folder.resolve("serve.log"), words.toArray());
        serve.await("the page is there", () -> serve.log().contains("page:     "));
        return serve;
    }

    private Cli replay(Object... more) throws Exception {
        Path file = Files.write(folder.resolve("BTCUSDT-aggTrades-2026-01-01.csv"), ROWS);
        List<Object> words = new ArrayList<>(List.of("replay", "--agg-trades", file));
        words.addAll(List.of("--report", folder.resolve("report.json")));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }
}
