package io.microstream.standalone.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo as a user does. */
class DemoITCase {

    private static final String BARS = "/api/v1/bars?symbol=BETAUSDT";

    private static final List<String> PRINTED =
            List.of(
                    "exchange: ws://127.0.0.1:",
                    "connection ended: ",
                    "repaired: ",
                    "are missing at the exchange");

    private static final List<String> TABLES =
            List.of("bars", "features", "regimes", "anomalies", "data_quality", "models");

    private static final String GAPS =
            "SELECT count(*) FROM data_quality WHERE kind = 'GAP' AND missing = 25";

    @TempDir private Path folder;

    @Test
    void eventLogShowsRepairsAndAllTablesFill() throws Exception {
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"))) {
            String url = databases.fresh();
            try (CliProcess demo = start("--jdbc", url, "--no-page")) {
                demo.await("all kinds of events", () -> isPrinted(demo.log()));
                for (String table : TABLES) {
                    String count = "SELECT count(*) FROM " + table;
                    demo.await("rows of " + table, () -> TestDatabase.number(url, count) > 0);
                }
                demo.await(
                        "a gap per symbol that cannot be repaired",
                        () -> TestDatabase.number(url, GAPS) >= 2);
                assertThat(demo.end()).as(demo.log()).isEqualTo(CliProcess.TERMINATED);
                assertThat(demo.log())
                        .contains("stopped: ")
                        .doesNotContain("LOST", "already holds", "Exception");
            }
            Cli again = Cli.run("demo", "--for", "1s", "--jdbc", url, "--no-page");
            assertThat(again.err()).isEmpty();
            assertThat(again.exitCode()).as(again.out()).isZero();
            assertThat(again.out())
                    .contains("warning: the database already holds ")
                    .doesNotContain("LOST");
        }
    }

    @Test
    void demoServesThePage() throws Exception {
        int port = PageVisitor.freePort();
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"));
                PageVisitor visitor = new PageVisitor(port);
                CliProcess demo = start("--jdbc", databases.fresh(), "--page-port", port)) {
            demo.await("the page answers", () -> visitor.get("/").statusCode() == 200);
            assertThat(visitor.get("/").body()).contains("<title>MicroStream</title>");
            demo.await(
                    "an hour of bars",
                    () -> visitor.json(BARS + "&limit=100").path("items").size() >= 60);
            visitor.subscribe("BETAUSDT");
            assertThat(visitor.json("/api/v1/health").path("database").path("status").asText())
                    .isEqualTo("up");
            assertThat(visitor.json("/api/v1/health").path("feeds").findValuesAsText("freshness"))
                    .isNotEmpty()
                    .containsOnly("SIMULATED");
            demo.await("a final bar after provisional ones", () -> isMinuteSeenGrowing(visitor));

            assertThat(demo.end()).as(demo.log()).isEqualTo(CliProcess.TERMINATED);
            assertThat(demo.log())
                    .contains("page:     http://127.0.0.1:" + port)
                    .doesNotContain("LOST");
            assertThat(visitor.types()).startsWith("hello", "snapshot").contains("update");
            assertThat(visitor.closeCode()).as("the server announces its end").isEqualTo(1001);
            assertThat(visitor.isRefused()).as("the port is free again").isTrue();
        }
    }

    private static boolean isPrinted(String log) {
        return PRINTED.stream().allMatch(log::contains);
    }

    /** Starts a demo without a time limit. */
    private CliProcess start(Object... more) throws Exception {
        List<Object> words = new ArrayList<>(List.of("demo"));
        words.addAll(List.of(more));
        return CliProcess.start(folder.resolve("demo.log"), words.toArray());
    }

    /** Returns whether a minute was pushed while in progress and then final, always stamped. */
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
