package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.models.evaluation.RankingQuality;
import io.microstream.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes cases of a replayed day as an analyst does. */
class CaseITCase {

    private static final String SYMBOL = "BTCUSDT";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder;

    private static PostgresServer databases;
    private static Path day;
    private static String url;
    private static String strangest;

    @BeforeAll
    static void replayADay() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
        day = folder.resolve("day");
        Cli made =
                Cli.run(
                        "synthesize",
                        "--symbols",
                        SYMBOL,
                        "--out",
                        day,
                        "--trades-per-minute",
                        20,
                        "--seed",
                        7,
                        "--daily");
        assertThat(made.exitCode()).as(made.err()).isZero();
        url = databases.fresh();
        Cli replayed =
                Cli.run(
                        "replay",
                        "--agg-trades",
                        day,
                        "--jdbc",
                        url,
                        "--report",
                        folder.resolve("report.json"));
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        strangest = text(url, "SELECT open_time FROM anomalies ORDER BY score DESC LIMIT 1");
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    private static Cli make(String name, Object... more) {
        List<Object> words = new ArrayList<>(List.of("case", "--symbol", SYMBOL, "--jdbc", url));
        words.addAll(List.of("--at", strangest, "--out", folder.resolve(name)));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private static String text(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1) instanceof java.sql.Timestamp time
                    ? time.toInstant().toString()
                    : rows.getString(1);
        }
    }

    private static JsonNode caseJson(Path file) throws Exception {
        return JSON.readTree(entry(file, "case.json"));
    }

    private static String entry(Path file, String name) throws Exception {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            return new String(
                    zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void barsFromDumpsAreEqualAndTheCaseIsReproducible() throws Exception {
        Cli made = make("dumps.zip", "--agg-trades", day);
        assertThat(made.err()).isEmpty();
        assertThat(made.exitCode()).isZero();
        assertThat(made.out())
                .contains(SYMBOL + " at " + strangest)
                .contains("bars rebuilt from trades: 31 of 31 equal")
                .contains("case:   " + folder.resolve("dumps.zip"))
                .doesNotContain("warning");
        JsonNode json = caseJson(folder.resolve("dumps.zip"));
        assertThat(json.at("/moment").asText()).isEqualTo(strangest);
        assertThat(json.at("/anomalies/0/attribution").size()).isPositive();
        assertThat(json.at("/models")).hasSize(2);
        assertThat(json.at("/models/0/sha256").asText()).hasSize(64);
        assertThat(json.at("/models/0/provenance").size()).isPositive();
        assertThat(json.at("/chart/made").asBoolean()).isTrue();
        assertThat(entry(folder.resolve("dumps.zip"), "trades.csv").lines().count())
                .isGreaterThan(31 * 15);
        make("again.zip", "--agg-trades", day);
        assertThat(folder.resolve("again.zip")).hasSameBinaryContentAs(folder.resolve("dumps.zip"));
    }

    @Test
    void tamperedBarIsReported() throws Exception {
        String at = Instant.parse(strangest).plusSeconds(120).toString();
        String change = "UPDATE bars SET volume = volume %s 0.00000001 WHERE open_time = '%s'";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(change.formatted("+", at));
            Cli made = make("tampered.zip", "--agg-trades", day);
            statement.execute(change.formatted("-", at));
            assertThat(made.exitCode()).isZero();
            assertThat(made.out())
                    .contains("bars rebuilt from trades: 30 of 31 equal")
                    .contains(
                            "warning: bars rebuilt from trades: 30 of 31 equal; " + at + " volume");
        }
    }

    @Test
    void caseWithoutTradesIsWrittenWithAWarning() throws Exception {
        Cli without = make("without-trades.zip");
        assertThat(without.exitCode()).isZero();
        assertThat(without.out())
                .contains("bars not checked: no trades")
                .contains("warning: no trades: no source was given. Give --exchange URL");
        Cli away = make("away.zip", "--exchange", "http://127.0.0.1:1");
        assertThat(away.exitCode()).isZero();
        assertThat(away.out()).contains("warning: no trades: ").contains("port=1");
        assertThat(caseJson(folder.resolve("away.zip")).at("/trades/available").asBoolean())
                .isFalse();
    }

    @Test
    void badInputIsReportedInOneLine() throws Exception {
        Object[] fine = {"case", "--symbol", SYMBOL, "--jdbc", url};
        assertOneLine(Cli.run(with(fine)), 2, "--at");
        assertOneLine(Cli.run(with(fine, "--at", "soon")), 2, "at=soon");
        assertOneLine(make("x.zip", "--minutes", "0"), 2, "minutes=0");
        assertOneLine(make("x.zip", "--minutes", "241"), 2, "minutes=241");
        assertOneLine(make("x.zip", "--agg-trades", "no.zip"), 2, "agg-trades=no.zip");
        assertOneLine(make("x.zip", "--agg-trades", day, "--exchange", "http://x"), 2, "not both");
        assertOneLine(make("x.zip", "--exchange", "ftp://x"), 2, "exchange=ftp://x");
        assertOneLine(make("no/x.zip"), 2, "no/x.zip");
        Files.writeString(folder.resolve("taken.zip"), "mine");
        assertOneLine(make("taken.zip"), 2, "File exists");
        assertThat(folder.resolve("taken.zip")).hasContent("mine");
        assertOneLine(
                Cli.run("case", "--symbol", "NOPEUSDT", "--at", strangest, "--jdbc", url),
                1,
                "symbol=NOPEUSDT. The database has BTCUSDT");
        assertOneLine(
                Cli.run(with(fine, "--at", "2020-01-01T00:00Z")),
                1,
                "at=2020-01-01T00:00:00Z. The database has 20");
        String nowhere = "jdbc:postgresql://127.0.0.1:1/x?user=postgres&password=secret";
        Cli away = Cli.run("case", "--symbol", SYMBOL, "--at", strangest, "--jdbc", nowhere);
        assertOneLine(away, 1, "127.0.0.1:1");
        assertThat(away.err()).doesNotContain("secret");
        assertOneLine(
                Cli.run("case", "--symbol", SYMBOL, "--at", strangest, "--jdbc", databases.fresh()),
                1,
                "Database schema is outdated");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.equals("x.zip") || name.endsWith(".part"));
        }
    }

    private static Object[] with(Object[] words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static void assertOneLine(Cli answer, int exitCode, String said) {
        assertThat(answer.err()).contains(said);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void labelsAreUsedInEvaluations() throws Exception {
        String before = Cli.run("evaluate-anomalies", "--jdbc", url).out();
        assertThat(before).contains("0 minutes").contains("nothing is labelled yet");
        List<Double> scores = new ArrayList<>();
        List<Boolean> truth = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO labels (symbol, open_time, verdict)"
                            + " SELECT symbol, open_time, CASE WHEN extract(minute FROM open_time)::int % 3 = 0"
                            + " THEN 'TRUE' ELSE 'FALSE' END FROM anomalies ORDER BY score DESC LIMIT 40");
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT score, verdict FROM labels JOIN anomalies USING (symbol, open_time)")) {
                while (rows.next()) {
                    scores.add(rows.getDouble(1));
                    truth.add(rows.getString(2).equals("TRUE"));
                }
            }
            Path json = folder.resolve("figures.json");
            Cli evaluated = Cli.run("evaluate-anomalies", "--jdbc", url, "--json", json);
            statement.execute("DELETE FROM labels");
            assertThat(evaluated.err()).isEmpty();
            assertThat(evaluated.exitCode()).isZero();
            assertThat(evaluated.out())
                    .contains("labels of all symbols: 40 minutes")
                    .containsPattern("ISOLATION +anomaly-BTCUSDT +\\d+ +40 ")
                    .containsPattern("SURPRISE +regime-BTCUSDT +\\d+ +40 ");
            boolean[] outlier = new boolean[truth.size()];
            for (int i = 0; i < outlier.length; i++) {
                outlier[i] = truth.get(i);
            }
            RankingQuality expected =
                    RankingQuality.of(
                            scores.stream().mapToDouble(Double::doubleValue).toArray(), outlier);
            JsonNode forest = JSON.readTree(json.toFile()).at("/labels/models/0");
            assertThat(forest.get("area_under_roc").asDouble())
                    .isCloseTo(expected.areaUnderRoc(), within(1e-12));
            assertThat(forest.get("average_precision").asDouble())
                    .isCloseTo(expected.averagePrecision(), within(1e-12));
        }
        assertOneLine(Cli.run("evaluate-anomalies"), 2, "PATH");
        assertOneLine(Cli.run("evaluate-anomalies", day, "--symbol", "X"), 2, "--symbol needs");
        assertOneLine(
                Cli.run("evaluate-anomalies", "--jdbc", url, "--symbol", "NOPE"), 1, "symbol=NOPE");
    }

    @Test
    void barsOfALiveFeedAreRebuiltFromTheExchange() throws Exception {
        int history = 2 * 1440;
        long startMs = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
        SimulatedMarket market =
                new SimulatedMarket(
                        List.of(SYMBOL), startMs - history * Bar.MINUTE_MS, history + 120, 3);
        Iterator<Bar> bars = market.bars(SYMBOL);
        List<Bar> before = new ArrayList<>();
        for (int minute = 0; minute < history; minute++) {
            before.add(bars.next());
        }
        Listing listing =
                Listing.of(SYMBOL, market.synthesizer(SYMBOL, 400).trades(bars))
                        .withHistory(before);
        String faults =
                """
                - {fault: disconnect, at: 2500, ending: reset}
                - {fault: skip, at: 4000, rows: 15}
                """;
        String live = databases.fresh();
        try (LoopbackExchange exchange =
                LoopbackExchange.start(
                        ExchangeConfig.paced(60),
                        List.of(listing),
                        FaultScript.parse(faults, "test").plan(1, 20_000, 1),
                        1)) {
            Cli followed =
                    Cli.run(
                            "live",
                            "--symbols",
                            SYMBOL,
                            "--stream-url",
                            exchange.streamUri(),
                            "--rest-url",
                            exchange.restUri(),
                            "--jdbc",
                            live,
                            "--for",
                            "20s");
            assertThat(followed.exitCode()).as(followed.err()).isZero();
            String at =
                    text(
                            live,
                            "SELECT open_time FROM anomalies WHERE open_time < (SELECT max(open_time)"
                                    + " - interval '3 minutes' FROM bars WHERE is_final) AND open_time >"
                                    + " (SELECT min(open_time) + interval '3 minutes' FROM bars)"
                                    + " AND is_final ORDER BY score DESC LIMIT 1");
            Path file = folder.resolve("live.zip");
            Cli made =
                    Cli.run(
                            "case",
                            "--symbol",
                            SYMBOL,
                            "--at",
                            at,
                            "--minutes",
                            3,
                            "--jdbc",
                            live,
                            "--exchange",
                            exchange.restUri(),
                            "--out",
                            file);
            assertThat(made.err()).isEmpty();
            assertThat(made.out())
                    .contains("bars rebuilt from trades: 7 of 7 equal")
                    .doesNotContain("warning");
            JsonNode trades = caseJson(file).get("trades");
            assertThat(trades.get("rows").asInt()).as("more than a page").isGreaterThan(2_000);
            assertThat(trades.get("missing_ids").asInt()).isZero();
            assertThat(trades.get("source").asText()).isEqualTo("REST of " + exchange.restUri());
            assertThat(trades.at("/asked/0").asText()).contains("startTime=").contains(": id ");
            assertThat(trades.at("/asked/1").asText()).contains("fromId=").contains("pages=");
        }
    }
}
