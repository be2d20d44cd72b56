package io.microstream.standalone;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a user watches it. */
class DemoITCase {

    private static final String BARS = "/api/v1/bars?symbol=BETAUSDT";

    @TempDir private Path folder;

    @Test
    void aDisconnectIsRepairedBeforeTheUsersEyesAndAllTablesFill() throws Exception {
        try (TestDatabase databases = TestDatabase.start(folder.resolve("database"))) {
            String url = databases.fresh();
            Cli demo = Cli.run("demo", "--for", "30s", "--jdbc", url);
            assertThat(demo.err()).isEmpty();
            assertThat(demo.exitCode()).as(demo.out()).isZero();
            assertThat(demo.out())
                    .contains("exchange: ws://127.0.0.1:")
                    .contains("connection ended: ")
                    .contains("repaired: ")
                    .contains("are not to be had")
                    .contains("came hours late and is in no bar")
                    .doesNotContain("LOST");
            for (String table :
                    List.of(
                            "bars",
                            "features",
                            "regimes",
                            "anomalies",
                            "data_quality",
                            "late_trades",
                            "models")) {
                assertThat(TestDatabase.number(url, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isPositive();
            }
            assertThat(
                            TestDatabase.number(
                                    url,
                                    "SELECT count(*) FROM data_quality WHERE kind = 'GAP'"
                                            + " AND missing = 25"))
                    .as("holes that nobody can fill, one a symbol")
                    .isEqualTo(2);
        }
    }

    @Test
    void whoeverStartsItSeesThePage() throws Exception {
        int port = PageVisitor.freePort();
        try (TestDatabase databases = TestDatabase.start(folder.resolve("database"));
                PageVisitor visitor = new PageVisitor(port)) {
            String url = databases.fresh();
            CompletableFuture<Cli> run =
                    CompletableFuture.supplyAsync(
                            () ->
                                    Cli.run(
                                            "demo",
                                            "--for",
                                            "30s",
                                            "--jdbc",
                                            url,
                                            "--page-port",
                                            port));
            visitor.await("the page answers", () -> visitor.get("/").statusCode() == 200);
            assertThat(visitor.get("/").body()).contains("<title>MicroStream</title>");
            visitor.await(
                    "an hour of bars",
                    () -> visitor.json(BARS + "&limit=100").path("items").size() >= 60);
            visitor.subscribe("BETAUSDT");
            assertThat(visitor.json("/api/v1/health").path("database").path("status").asText())
                    .isEqualTo("up");
            visitor.await("a final bar after provisional ones", () -> isMinuteSeenGrowing(visitor));
            visitor.await("the end", run::isDone);

            Cli demo = run.join();
            assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
            assertThat(demo.out()).contains("page:     http://127.0.0.1:" + port);
            assertThat(visitor.types()).startsWith("hello", "snapshot").contains("update");
            assertThat(visitor.closeCode()).as("the server says that it goes").isEqualTo(1001);
            assertThat(visitor.isRefused()).as("the port is free again").isTrue();
        }
    }

    /** Several rows of a minute while it ran, then the final one, each received and committed. */
    private static boolean isMinuteSeenGrowing(PageVisitor visitor) {
        Map<String, List<JsonNode>> minutes =
                visitor.pushedBars().stream()
                        .collect(groupingBy(bar -> bar.path("open_time").asText()));
        return minutes.values().stream()
                .anyMatch(
                        rows ->
                                rows.size() >= 3
                                        && !rows.get(0).path("is_final").asBoolean()
                                        && rows.get(rows.size() - 1).path("is_final").asBoolean()
                                        && rows.get(0).path("trade_count").asLong()
                                                < rows.get(rows.size() - 1)
                                                        .path("trade_count")
                                                        .asLong()
                                        && rows.stream()
                                                .allMatch(
                                                        row ->
                                                                row.hasNonNull("received_at")
                                                                        && row.hasNonNull(
                                                                                "committed_at")));
    }
}
