package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.SharedData;
import io.microstream.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code replay} on recorded data as a user does. */
class ReplayITCase {

    @TempDir private static Path folder;
    private static PostgresServer databases;
    private static Path day;

    @BeforeAll
    static void synthesizeADayOfTwoSymbols() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
        day = folder.resolve("day");
        Cli made =
                Cli.run(
                        "synthesize",
                        "--symbols",
                        "BTCUSDT,ETHUSDT",
                        "--out",
                        day,
                        "--trades-per-minute",
                        30,
                        "--seed",
                        7,
                        "--daily");
        assertThat(made.err()).isEmpty();
        assertThat(made.exitCode()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void barsEqualKlinesAndTablesAreEqualAtAnyParallelism() throws Exception {
        List<String> fingerprints = new ArrayList<>();
        for (int parallelism : new int[] {1, 2}) {
            String url = databases.fresh();
            Cli replayed = replay(url, "--agg-trades", trades(), "--parallelism", parallelism);
            assertThat(replayed.err()).isEmpty();
            assertThat(replayed.exitCode()).isZero();
            assertThat(replayed.out()).contains("nothing lost");

            Cli compared = Cli.run("compare", "--klines", day.resolve("klines"), "--jdbc", url);
            assertThat(compared.exitCode()).isZero();
            assertThat(compared.out())
                    .contains("BTCUSDT: 1,440 bars, 1,440 complete ones compared")
                    .contains("ETHUSDT: 1,440 bars, 1,440 complete ones compared")
                    .contains("0 differing, 0 missing; 0 incomplete");
            fingerprints.add(Cli.run("fingerprint", "--jdbc", url).out());
            assertThat(TestDatabase.number(url, "SELECT count(*) FROM regimes"))
                    .isEqualTo(2 * (1440 - 20));
        }
        assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
    }

    @Test
    void orderOfRowsInAFileDoesNotMatter() throws Exception {
        Path csv = folder.resolve("sorted");
        Cli.run("synthesize", "--out", csv, "--trades-per-minute", 20, "--csv", "--daily");
        Path dump = csv.resolve("BTCUSDT-aggTrades-2026-01-01.csv");
        List<String> rows = new ArrayList<>(Files.readAllLines(dump));
        Collections.shuffle(rows, new Random(11));
        Path shuffled = Files.createDirectories(folder.resolve("shuffled"));
        Files.write(shuffled.resolve(dump.getFileName()), rows);

        String sortedUrl = databases.fresh();
        String shuffledUrl = databases.fresh();
        assertThat(replay(sortedUrl, "--agg-trades", dump).exitCode()).isZero();
        assertThat(replay(shuffledUrl, "--agg-trades", shuffled).exitCode()).isZero();
        assertThat(Cli.run("fingerprint", "--jdbc", shuffledUrl).out())
                .isEqualTo(Cli.run("fingerprint", "--jdbc", sortedUrl).out());
    }

    @Test
    void firstBarIsScoredGivenHistory() throws Exception {
        Path later = folder.resolve("later");
        Cli.run("synthesize", "--out", later, "--days", 2, "--trades-per-minute", 20, "--daily");
        String url = databases.fresh();
        Cli replayed =
                replay(
                        url,
                        "--agg-trades",
                        later.resolve("BTCUSDT-aggTrades-2026-01-02.zip"),
                        "--history",
                        later.resolve("klines"));
        assertThat(replayed.exitCode()).isZero();
        assertThat(TestDatabase.number(url, "SELECT count(*) FROM bars")).isEqualTo(1440);
        for (String table : List.of("features", "regimes", "anomalies")) {
            assertThat(TestDatabase.number(url, "SELECT count(*) FROM " + table)).isEqualTo(1440);
        }
        assertThat(
                        TestDatabase.number(
                                url, "SELECT count(*) FROM features WHERE baseline_bars < 1440"))
                .isZero();
    }

    @Test
    void unreadableRowsAreQuarantinedAndTheReplayFails() throws Exception {
        Path flawed = Files.createDirectories(folder.resolve("flawed"));
        Path csv = folder.resolve("plain");
        Cli.run("synthesize", "--out", csv, "--trades-per-minute", 20, "--csv", "--daily");
        List<String> rows =
                new ArrayList<>(
                        Files.readAllLines(csv.resolve("BTCUSDT-aggTrades-2026-01-01.csv")));
        rows.set(500, rows.get(500).replace(",", ";"));
        rows.remove(900);
        Files.write(flawed.resolve("BTCUSDT-aggTrades-2026-01-01.csv"), rows);

        String url = databases.fresh();
        Path report = folder.resolve("flawed.json");
        Cli replayed = Cli.run("replay", "--agg-trades", flawed, "--jdbc", url, "--report", report);
        assertThat(replayed.exitCode()).isEqualTo(1);
        assertThat(replayed.out()).contains("LOST: 1 row could not be read");
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.get("malformed").asLong()).isEqualTo(1);
        assertThat(json.get("gaps").asLong()).isEqualTo(2);
        assertThat(json.get("missing").asLong()).isEqualTo(2);
        assertThat(
                        TestDatabase.number(
                                url,
                                "SELECT count(*) FROM data_quality WHERE kind = 'MALFORMED' AND first_id = 501"))
                .isEqualTo(1);
        assertThat(TestDatabase.number(url, "SELECT count(*) FROM bars WHERE NOT complete"))
                .isBetween(2L, 4L);
    }

    @Test
    void klinesEnterAsFinishedBars() throws Exception {
        String url = databases.fresh();
        Cli replayed = replay(url, "--klines", day.resolve("klines"), "--symbols", "ETHUSDT");
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out())
                .contains("1,440 rows: 1,440 klines, ", "1,440 bars (0 incomplete", " klines/s")
                .doesNotContain("trades,", "trades/s");
        assertThat(TestDatabase.number(url, "SELECT count(*) FROM bars")).isEqualTo(1440);
        assertThat(Cli.run("compare", "--klines", day.resolve("klines"), "--jdbc", url).exitCode())
                .isZero();
    }

    @Test
    void restartAfterKillLeavesTheTablesOfAnUndisturbedRun() throws Exception {
        String undisturbed = databases.fresh();
        assertThat(replay(undisturbed, "--agg-trades", trades()).exitCode()).isZero();
        String killed = databases.fresh();
        CliProcess process =
                CliProcess.start(
                        folder.resolve("killed.log"),
                        "replay",
                        "--agg-trades",
                        trades(),
                        "--jdbc",
                        killed,
                        // Paced, so that it cannot be through before it is killed.
                        "--speed",
                        3600,
                        "--report",
                        folder.resolve("killed.json"));
        assertThat(process.killAt(200, killed)).as("killed before its end").isTrue();

        assertThat(replay(killed, "--agg-trades", trades()).exitCode()).isZero();
        assertThat(Cli.run("fingerprint", "--jdbc", killed).out())
                .isEqualTo(Cli.run("fingerprint", "--jdbc", undisturbed).out());
    }

    @Test
    void everyRecordedAggregateTradeIsInABar() throws Exception {
        Path input = real("aggtrades");
        String url = databases.fresh();
        Cli replayed = replay(url, "--agg-trades", input);
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out())
                .contains("2,000 rows: 2,000 trades, 0 duplicates, 0 malformed; 0 gaps");
        assertThat(TestDatabase.number(url, "SELECT sum(trade_count) FROM bars"))
                .isEqualTo(
                        TestDatabase.number(
                                url,
                                "SELECT max(last_trade_id) - min(first_trade_id) + 1 FROM bars"));
    }

    @Test
    void fullMinutesOfRecordedCapturesEqualTheKlines() throws Exception {
        Path captures = real("captures");
        String url = databases.fresh();
        Cli replayed =
                replay(
                        url,
                        "--capture",
                        captures.resolve("spot-btcusdt-20240808.gz"),
                        captures.resolve("spot-ethusdt-20240808.gz"));
        assertThat(replayed.exitCode()).isZero();
        Cli compared = Cli.run("compare", "--klines", real("klines"), "--jdbc", url);
        assertThat(compared.exitCode()).isZero();
        assertThat(compared.out())
                .contains("BTCUSDT: 7 bars, 5 complete ones compared")
                .contains("ETHUSDT: 7 bars, 5 complete ones compared")
                .doesNotContain("1 differing");
    }

    @Test
    void gapsOfARecordedFeedAreReportedOneByOne() throws Exception {
        Path input = real("trades");
        String url = databases.fresh();
        Cli replayed = replay(url, "--trades", input);
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out())
                .contains("53,325 rows: 53,325 trades")
                .contains("warning: the input has 16 gaps with 168 missing ids");
        assertThat(TestDatabase.number(url, "SELECT count(*) FROM data_quality")).isEqualTo(16);
        assertThat(TestDatabase.number(url, "SELECT sum(missing) FROM data_quality"))
                .isEqualTo(168);
        assertThat(
                        TestDatabase.number(
                                url,
                                "SELECT count(*) FROM data_quality q JOIN bars b ON b.symbol = q.symbol"
                                        + " AND b.open_time = date_trunc('minute', q.detected_at)"
                                        + " WHERE b.complete"))
                .isZero();
    }

    private static Path trades() {
        return day;
    }

    private static Path real(String set) {
        return SharedData.require("data/" + set);
    }

    private static Cli replay(String url, Object... words) {
        List<Object> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(words));
        all.addAll(List.of("--jdbc", url, "--report", folder.resolve("report.json")));
        return Cli.run(all.toArray());
    }
}
