package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.PostgresServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that bad input yields an exit code and one line: what, where and what to do. */
class BadInputITCase {

    private static final String ROW = "1,100.00000000,0.50000000,1,1,1767225600039409,True,True";

    @TempDir private Path folder;

    @Test
    void noCommandAndUnknownOptionsAreBadUsage() {
        assertOneLine(Cli.run(), 2, "No command");
        assertOneLine(Cli.run("replay"), 2, "--agg-trades");
        assertOneLine(Cli.run("replay", "--agg-trades", "x", "--nonsense"), 2, "--nonsense");
        assertOneLine(Cli.run("replay", "--agg-trades", "x", "--trades", "y"), 2, "--trades");
        assertOneLine(Cli.run("demo", "--for", "soon"), 2, "for=soon");
        assertOneLine(Cli.run("synthesize", "--out", folder, "--days", 0), 2, "days=0");
        assertOneLine(
                Cli.run("replay", "--agg-trades", "x", "--parallelism", "two"), 2, "parallelism");
    }

    @Test
    void optionsThatDoNotGoTogetherAreBadUsage() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        assertOneLine(
                Cli.run("replay", "--agg-trades", file, "--faults", "default"),
                2,
                "--faults needs --through-exchange");
        assertOneLine(
                Cli.run("replay", "--agg-trades", file, "--resume"),
                2,
                "--resume needs --checkpoints");
        assertOneLine(
                Cli.run("replay", "--klines", file, "--through-exchange"),
                2,
                "--through-exchange does not go with --klines");
    }

    @Test
    void invalidPageOptionsAreBadUsage() {
        assertOneLine(Cli.run("demo", "--page-port", "70000"), 2, "page-port=70000");
        assertOneLine(Cli.run("demo", "--page-port", "web"), 2, "page-port=web");
        assertOneLine(Cli.run("demo", "--no-page", "--page-port", "8090"), 2, "--no-page");
        assertOneLine(Cli.run("demo", "--page-host", "0.0.0.0"), 2, "page-host=0.0.0.0");
        // Loopback, but not by its text.
        assertOneLine(
                Cli.run("demo", "--page-host", "0:0:0:0:0:0:0:1"), 2, "page-host=0:0:0:0:0:0:0:1");
        assertOneLine(
                Cli.run("live", "--symbols", "BTCUSDT", "--page-host", "no-such-host.invalid"),
                2,
                "no-such-host.invalid");
        assertOneLine(Cli.run("demo", "--speed", "0"), 2, "speed=0");
        assertOneLine(Cli.run("demo", "--speed", "NaN"), 2, "speed=NaN");
        assertOneLine(Cli.run("demo", "--provisional", "often"), 2, "provisional=often");
        assertOneLine(Cli.run("demo", "--provisional", "10ms"), 2, "provisional=10ms");
        assertOneLine(
                Cli.run("live", "--symbols", "BTCUSDT", "--provisional", "90s"),
                2,
                "provisional=90s");
        assertOneLine(
                Cli.run("replay", "--agg-trades", "x", "--page-port", "8090"), 2, "--page was not");
        assertOneLine(Cli.run("live", "--symbols", "BTCUSDT", "--since", "ever"), 2, "since=ever");
        assertOneLine(Cli.run("serve"), 2, "--jdbc");
        assertOneLine(Cli.run("serve", "--jdbc", "x", "--for", "soon"), 2, "for=soon");
    }

    @Test
    void invalidTokenIsRefused() throws Exception {
        Path none = folder.resolve("no-token");
        assertOneLine(Cli.run("demo", "--page-token-file", none), 1, none.toString());
        Path empty = write("empty-token", List.of(""));
        assertOneLine(Cli.run("demo", "--page-token-file", empty), 1, "Invalid token");
        Path spaced = write("spaced-token", List.of("correct horse battery staple"));
        Cli answer = Cli.run("serve", "--jdbc", "x", "--page-token-file", spaced);
        assertOneLine(answer, 1, "Invalid token");
        assertThat(answer.err()).doesNotContain("horse");
    }

    @Test
    void allBadLinesOfAFaultScriptAreInOneMessage() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        Path script =
                write(
                        "bad.faults",
                        List.of(
                                "- {fault: disconnect, count: 5}",
                                "- {fault: earthquake, count: 7}",
                                "# fine",
                                "- {fault: stall, at: 3, lost: many}"));
        Cli answer =
                Cli.run("replay", "--agg-trades", file, "--through-exchange", "--faults", script);
        assertOneLine(answer, 1, "bad.faults");
        assertThat(answer.err())
                .contains("line 2")
                .contains("earthquake")
                .contains("line 4")
                .contains("many")
                .doesNotContain("line 1:");
        assertOneLine(
                Cli.run(
                        "replay",
                        "--agg-trades",
                        file,
                        "--through-exchange",
                        "--faults",
                        folder.resolve("no.faults")),
                1,
                "no.faults");
        assertOneLine(
                Cli.run(
                        "replay",
                        "--agg-trades",
                        file,
                        "--through-exchange",
                        "--faults",
                        "default"),
                1,
                "Too few rows");
    }

    @Test
    void missingFileIsNamed() {
        assertOneLine(Cli.run("replay", "--agg-trades", folder.resolve("no.zip")), 1, "no.zip");
    }

    @Test
    void corruptZipIsNamed() throws Exception {
        Path file = folder.resolve("BTCUSDT-aggTrades-2026-01-01.zip");
        Files.writeString(file, "this is no zip");
        assertOneLine(Cli.run("replay", "--agg-trades", file), 1, file.getFileName().toString());
    }

    @Test
    void wrongColumnsAreRefused() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of("1,2,3"));
        assertOneLine(Cli.run("replay", "--agg-trades", file), 1, "columns");
    }

    @Test
    void mixedUnitsOfTimeAreRefused() throws Exception {
        Path file =
                write(
                        "BTCUSDT-aggTrades-2026-01-01.csv",
                        List.of(ROW, ROW.replace("1767225600039409", "1767225600040")));
        assertOneLine(Cli.run("replay", "--agg-trades", file), 1, "unit");
    }

    @Test
    void wrongChecksumIsRefused() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        write(
                file.getFileName() + ".CHECKSUM",
                List.of("0".repeat(64) + "  " + file.getFileName()));
        assertOneLine(Cli.run("replay", "--agg-trades", file), 1, "Checksum differs");
    }

    @Test
    void unknownSymbolIsNamedWithTheKnownOnes() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        Cli answer = Cli.run("replay", "--agg-trades", file, "--symbols", "DOGEUSDT");
        assertOneLine(answer, 1, "DOGEUSDT");
        assertThat(answer.err()).contains("BTCUSDT");
    }

    @Test
    void portInUseIsNamed() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    Cli.run("replay", "--agg-trades", file, "--ui-port", taken.getLocalPort()),
                    1,
                    "ui-port=" + taken.getLocalPort());
            String nowhere = "jdbc:postgresql://127.0.0.1:1/nowhere?user=postgres";
            assertOneLine(
                    Cli.run("serve", "--jdbc", nowhere, "--page-port", taken.getLocalPort()),
                    1,
                    "page-port=" + taken.getLocalPort());
        }
    }

    @Test
    void unreachableDatabaseIsNamed() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        assertOneLine(
                Cli.run("replay", "--agg-trades", file, "--jdbc", "jdbc:mysql://x/y"),
                2,
                "jdbc:mysql");
        assertOneLine(Cli.run("serve", "--jdbc", "jdbc:mysql://x/y"), 2, "jdbc:mysql");
        String nowhere = "jdbc:postgresql://127.0.0.1:1/nowhere?user=postgres&password=secret";
        Cli answer = Cli.run("replay", "--agg-trades", file, "--jdbc", nowhere);
        assertOneLine(answer, 1, "127.0.0.1:1");
        assertThat(answer.err()).doesNotContain("secret");
    }

    @Test
    void newerSchemaIsRefused() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        try (PostgresServer server = PostgresServer.start(folder.resolve("database"))) {
            String url = server.fresh();
            Path report = folder.resolve("report.json");
            Cli first = Cli.run("replay", "--agg-trades", file, "--jdbc", url, "--report", report);
            assertThat(first.err()).isEmpty();
            assertThat(first.exitCode()).isZero();
            try (var connection = java.sql.DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO microstream_schema_history SELECT installed_rank + 100, '999',"
                                + " 'from the future', type, 'V999__future.sql', checksum, installed_by,"
                                + " installed_on, execution_time, success FROM microstream_schema_history"
                                + " WHERE version = '1'");
            }
            assertOneLine(
                    Cli.run("replay", "--agg-trades", file, "--jdbc", url), 1, "newer schema");
        }
    }

    @Test
    void invalidModelsAreRefused() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        Path models = Files.createDirectories(folder.resolve("models"));
        assertOneLine(Cli.run("replay", "--agg-trades", file, "--models", models), 1, "No models");
        Files.writeString(models.resolve("bad.model"), "this is no model");
        assertOneLine(Cli.run("replay", "--agg-trades", file, "--models", models), 1, "bad.model");
    }

    @Test
    void checkpointOfAnotherJobIsRefused() throws Exception {
        Path file = write("BTCUSDT-aggTrades-2026-01-01.csv", List.of(ROW));
        Path checkpoints = Files.createDirectories(folder.resolve("checkpoints/chk-1"));
        OperatorState state = new OperatorState("orders", "orders", new OperatorID(), 1, 128);
        state.setCoordinatorState(new ByteStreamStateHandle("state", new byte[] {1}));
        try (OutputStream out = Files.newOutputStream(checkpoints.resolve("_metadata"))) {
            org.apache.flink.runtime.checkpoint.Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(1, List.of(state), List.of()), out);
        }
        Cli answer =
                Cli.run(
                        "replay",
                        "--agg-trades",
                        file,
                        "--checkpoints",
                        folder.resolve("checkpoints"),
                        "--resume");
        assertOneLine(answer, 1, "Checkpoint of another job");
        assertThat(answer.err()).contains("chk-1", "[orders]");
    }

    private Path write(String name, List<String> lines) throws Exception {
        return Files.write(folder.resolve(name), lines);
    }

    private static void assertOneLine(Cli answer, int exitCode, String said) {
        assertThat(answer.err()).contains(said);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
    }
}
