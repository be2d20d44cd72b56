package io.microstream.live.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabasePool;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import io.microstream.testing.PostgresServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFileTest {

    private static final CaseMarket MARKET = new CaseMarket();

    private static PostgresServer server;
    private static DatabasePool database;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start().migrated();
        MARKET.writeTo(server);
        server.run(
                "INSERT INTO labels VALUES ('BTCUSDT', '2026-01-05T00:30:00Z', 'ann', 'TRUE', E'crash, \"real\"\\nsecond line', '2026-01-06T00:00:00Z')");
        database =
                DatabasePool.open(
                        new DatabaseAddress(server.url(), null, null),
                        1,
                        Duration.ofSeconds(10),
                        null);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    private static CaseRows rows(int minute, int minutes) {
        return rows(CaseMarket.SYMBOL, CaseMarket.minuteMs(minute), minutes);
    }

    private static CaseRows rows(String symbol, long atMs, int minutes) {
        CaseWindow window = new CaseWindow(symbol, atMs, minutes);
        return database.readOneState(connection -> CaseRows.read(connection, window));
    }

    private byte[] bytes(CaseRows rows, CaseTrades trades) throws IOException {
        Path file = folder.resolve("case.zip");
        CaseFile.write(rows, trades, file);
        return Files.readAllBytes(file);
    }

    private ZipReader open(CaseRows rows, CaseTrades trades) throws IOException {
        return ZipReader.of(bytes(rows, trades));
    }

    @Test
    void zipHoldsItsFilesInOrder() throws Exception {
        ZipReader zip = open(rows(CaseMarket.CRASH, 15), MARKET.exchange());
        assertThat(zip.files().keySet())
                .containsExactly(
                        "README.txt",
                        "case.json",
                        "chart.png",
                        "trades.csv",
                        "bars.csv",
                        "features.csv",
                        "regimes.csv",
                        "anomalies.csv",
                        "data_quality.csv",
                        "late_trades.csv",
                        "labels.csv",
                        "bars.json",
                        "models.json",
                        "SHA256SUMS");
    }

    @Test
    void checksumsMatchTheFiles() throws Exception {
        ZipReader zip = open(rows(CaseMarket.CRASH, 5), MARKET.exchange());
        Map<String, String> sums = new HashMap<>();
        zip.text("SHA256SUMS").lines().forEach(l -> sums.put(l.substring(66), l.substring(0, 64)));
        assertThat(sums).hasSize(zip.files().size() - 1);
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(zip.files().get(sum.getKey()));
            assertThat(HexFormat.of().formatHex(hash)).as(sum.getKey()).isEqualTo(sum.getValue());
        }
    }

    @Test
    void caseFileIsTheSameBytesInAnyTimeZone() throws Exception {
        byte[] once = bytes(rows(CaseMarket.CRASH, 15), MARKET.exchange());
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(bytes(rows(CaseMarket.CRASH, 15), MARKET.exchange())).isEqualTo(once);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void caseJsonDescribesTheMinute() throws Exception {
        JsonNode json = open(rows(CaseMarket.CRASH, 15), MARKET.exchange()).json("case.json");
        assertThat(json.get("moment").asText()).isEqualTo("2026-01-05T00:30:00Z");
        assertThat(json.get("summary").asText())
                .isEqualTo(
                        "BTCUSDT at 2026-01-05T00:30:00Z: flagged by iforest version 3: score 0.710,"
                                + " threshold 0.620, severity 9.3, mostly volume_surge 71 %, range_surge 24 %,"
                                + " momentum 5 %; LIQUIDITY_CRISIS with probability 0.900, surprise 14.50"
                                + " (over its limit)");
        assertThat(json.at("/window/from").asText()).isEqualTo("2026-01-05T00:15:00Z");
        assertThat(json.at("/window/to").asText()).isEqualTo("2026-01-05T00:46:00Z");
        assertThat(json.at("/window/minutes_stored").asInt()).isEqualTo(31);
        assertThat(json.at("/anomalies/0/attribution/volume_surge").asDouble()).isEqualTo(0.15);
        assertThat(json.at("/regimes/0/confidence").asDouble()).isEqualTo(0.9);
        assertThat(json.at("/bar/close").asText())
                .isEqualTo(MARKET.bars.get(CaseMarket.CRASH).close().toPlainString());
        assertThat(json.at("/labels/0/note").asText()).isEqualTo("crash, \"real\"\nsecond line");
        assertThat(json.get("models").findValuesAsText("model_id"))
                .containsExactly("hmm", "iforest");
        assertThat(json.at("/models/1/provenance/trees").asInt()).isEqualTo(100);
        assertThat(json.at("/trades/source").asText()).isEqualTo("a market by hand");
        assertThat(json.at("/trades/asked/0").asText()).isEqualTo("all trades of BTCUSDT");
        assertThat(json.at("/checks/bars_rebuilt_from_trades/in_words").asText())
                .isEqualTo("bars rebuilt from trades: 31 of 31 equal");
        assertThat(json.get("warnings")).isEmpty();
        assertThat(json.at("/rows/data_quality").asInt()).isEqualTo(1);
    }

    @Test
    void eachCsvReadBackHoldsTheRows() throws Exception {
        CaseRows rows = rows(CaseMarket.CRASH, 15);
        ZipReader zip = open(rows, MARKET.exchange());
        for (CaseRows.TableRows table : rows.tables().values()) {
            if (table.table() == Table.MODELS) {
                continue;
            }
            List<List<String>> csv = zip.csv(table.table().name() + ".csv");
            assertThat(csv.get(0))
                    .isEqualTo(table.table().columns().stream().map(c -> c.name()).toList());
            assertThat(csv.subList(1, csv.size()))
                    .as(table.table().name())
                    .isEqualTo(table.rows().stream().map(CaseFileTest::texts).toList());
        }
        assertThat(zip.csv("bars.csv")).hasSize(32);
        assertThat(zip.csv("labels.csv").get(1)).contains("crash, \"real\"\nsecond line");
        assertThat(zip.csv("data_quality.csv").get(1))
                .contains("the connection ended: \"reset\", then came back");
    }

    private static List<String> texts(Row row) {
        return row.table().columns().stream()
                .map(
                        column -> {
                            Object value = row.value(column.name());
                            return value == null
                                    ? ""
                                    : column.name().equals("attribution")
                                            ? "{\"momentum\": 0.01, \"range_surge\": 0.05, \"volume_surge\": 0.15}"
                                            : value.toString();
                        })
                .toList();
    }

    @Test
    void tradesOfTheWindowAreExact() throws Exception {
        List<List<String>> csv = open(rows(20, 2), MARKET.exchange()).csv("trades.csv");
        List<Trade> expected =
                MARKET.trades.stream()
                        .filter(t -> t.minuteMs() >= CaseMarket.minuteMs(18))
                        .filter(t -> t.minuteMs() <= CaseMarket.minuteMs(22))
                        .toList();
        assertThat(csv.subList(1, csv.size()))
                .isEqualTo(
                        expected.stream()
                                .map(
                                        t ->
                                                List.of(
                                                        "BTCUSDT",
                                                        "" + t.id(),
                                                        Decimal8.toBigDecimal(t.price()).toString(),
                                                        Decimal8.toBigDecimal(t.quantity())
                                                                .toPlainString(),
                                                        "" + t.firstTradeId(),
                                                        "" + t.lastTradeId(),
                                                        Instant.EPOCH
                                                                .plusNanos(t.timeUs() * 1000)
                                                                .toString(),
                                                        "" + t.buyerIsMaker()))
                                .toList());
    }

    @Test
    void theChartShowsEveryPanelInThePagesColours() throws Exception {
        byte[] png = open(rows(CaseMarket.CRASH, 15), MARKET.exchange()).files().get("chart.png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(1600);
        assertThat(image.getHeight()).isEqualTo(1280);
        assertThat(pixels(image, 116, 560, "candle")).as("candles").isPositive();
        assertThat(pixels(image, 116, 560, "anomaly")).as("flags").isPositive();
        assertThat(pixels(image, 116, 560, "accent")).as("the case's minute").isPositive();
        assertThat(pixels(image, 560, 800, "buy")).as("bought").isPositive();
        assertThat(pixels(image, 560, 800, "sell")).as("sold").isPositive();
        assertThat(pixels(image, 800, 1040, "crisis")).as("crisis").isPositive();
        assertThat(pixels(image, 1040, 1280, "anomaly")).as("score").isPositive();
    }

    private static long pixels(BufferedImage image, int top, int bottom, String colour) {
        int rgb = Palette.colour(colour).getRGB();
        return IntStream.range(top, bottom)
                .mapToLong(
                        y ->
                                IntStream.range(100, image.getWidth())
                                        .filter(x -> image.getRGB(x, y) == rgb)
                                        .count())
                .sum();
    }

    @Test
    void aTamperedBarIsFound() throws Exception {
        server.run(
                "UPDATE bars SET high = high + 0.01 WHERE symbol = 'BTCUSDT' AND open_time = '2026-01-05T00:50:00Z'",
                "UPDATE bars SET complete = false, trade_count = trade_count - 1 WHERE symbol = 'BTCUSDT' AND open_time = '2026-01-05T00:52:00Z'");
        CaseFile made = CaseFile.write(rows(51, 3), MARKET.exchange(), folder.resolve("t.zip"));
        JsonNode check =
                ZipReader.of(Files.readAllBytes(folder.resolve("t.zip")))
                        .json("case.json")
                        .at("/checks/bars_rebuilt_from_trades");
        assertThat(made.check()).isEqualTo("bars rebuilt from trades: 5 of 7 equal");
        assertThat(made.warnings()).hasSize(1);
        assertThat(made.warnings().get(0))
                .startsWith(
                        "bars rebuilt from trades: 5 of 7 equal; 2026-01-05T00:50:00Z high stored=")
                .contains("2026-01-05T00:52:00Z trade_count")
                .contains("known to lack trades");
        assertThat(check.get("differences").findValuesAsText("column"))
                .containsExactly("high", "trade_count");
        assertThat(check.get("stored_as_incomplete").asInt()).isEqualTo(1);
    }

    @Test
    void emptyMinutesAndLateTradesAreNoDifference() throws Exception {
        assertThat(CaseFile.write(rows(12, 3), MARKET.exchange(), folder.resolve("e.zip")).check())
                .isEqualTo("bars rebuilt from trades: 7 of 7 equal");
        int late = (int) ((MARKET.trades.get(500).minuteMs() - CaseMarket.START_MS) / 60_000);
        ZipReader zip = open(rows(late, 1), MARKET.exchange());
        JsonNode check = zip.json("case.json").at("/checks/bars_rebuilt_from_trades");
        assertThat(check.get("equal").asInt()).isEqualTo(3);
        assertThat(check.at("/left_out_as_too_late/0").asLong()).isEqualTo(CaseMarket.LATE_ID);
        assertThat(zip.csv("late_trades.csv")).hasSize(2);
    }

    @Test
    void caseWithoutTradesSaysWhy() throws Exception {
        CaseTrades none = CaseTrades.none("the exchange is away: status=503. Try later");
        CaseFile made = CaseFile.write(rows(CaseMarket.CRASH, 2), none, folder.resolve("n.zip"));
        assertThat(made.warnings())
                .containsExactly("no trades: the exchange is away: status=503. Try later");
        ZipReader zip = ZipReader.of(Files.readAllBytes(folder.resolve("n.zip")));
        JsonNode json = zip.json("case.json");
        assertThat(json.at("/trades/available").asBoolean()).isFalse();
        assertThat(json.at("/trades/reason").asText()).contains("status=503");
        assertThat(json.at("/checks/bars_rebuilt_from_trades/in_words").asText())
                .isEqualTo("bars not checked: no trades");
        assertThat(zip.text("README.txt")).contains("WARNING: no trades");
        assertThat(zip.csv("trades.csv")).hasSize(1);
        assertThat(zip.csv("bars.csv")).hasSize(6);
    }

    @Test
    void sourceWithoutTheseTradesIsNamed() throws Exception {
        CaseTrades empty =
                new CaseTrades() {
                    @Override
                    public String source() {
                        return "REST of a market by hand";
                    }

                    @Override
                    public List<String> read(String symbol, long from, long to, Taker taker) {
                        return List.of("asked");
                    }
                };
        CaseFile made = CaseFile.write(rows(CaseMarket.CRASH, 2), empty, folder.resolve("n.zip"));
        assertThat(made.warnings())
                .containsExactly(
                        "no trades: REST of a market by hand has no trades of BTCUSDT from"
                                + " 2026-01-05T00:28:00Z to 2026-01-05T00:33:00Z");
    }

    @Test
    void excessTradesAreCutAndOnlyWholeMinutesChecked() throws Exception {
        CaseFile made =
                CaseFile.write(rows(15, 2), MARKET.exchange(), 100, folder.resolve("m.zip"));
        ZipReader zip = ZipReader.of(Files.readAllBytes(folder.resolve("m.zip")));
        assertThat(made.warnings())
                .containsExactly(
                        "too many trades: trades.csv holds the first 100 only. Ask for fewer minutes");
        assertThat(zip.csv("trades.csv")).hasSize(101);
        JsonNode check = zip.json("case.json").at("/checks/bars_rebuilt_from_trades");
        assertThat(check.get("compared").asInt()).isBetween(1, 4);
        assertThat(check.get("equal")).isEqualTo(check.get("compared"));
        assertThat(check.get("not_compared").asInt()).isEqualTo(5 - check.get("compared").asInt());
    }

    @Test
    void missingTradeIdsAreWarnings() throws Exception {
        CaseTrades gaps =
                new CaseTrades() {
                    @Override
                    public String source() {
                        return "gaps";
                    }

                    @Override
                    public List<String> read(String symbol, long from, long to, Taker taker) {
                        MARKET.trades.stream().filter(t -> t.id() % 50 != 0).forEach(taker::take);
                        return List.of();
                    }
                };
        CaseFile made = CaseFile.write(rows(35, 2), gaps, folder.resolve("h.zip"));
        assertThat(made.warnings().get(0)).startsWith("trades are missing: ids=");
        assertThat(made.check()).doesNotContain("5 of 5");
    }

    @Test
    void windowPastTheEndNamesTheStoredRange() throws Exception {
        CaseFile made = CaseFile.write(rows(60, 3), MARKET.exchange(), folder.resolve("w.zip"));
        assertThat(made.check()).isEqualTo("bars rebuilt from trades: 4 of 4 equal");
        assertThat(made.warnings()).containsExactly("the database has 4 of the window's 7 minutes");
    }

    @Test
    void unknownMinutesAndSymbolsAreRefusedWithTheKnown() {
        assertThatThrownBy(() -> rows("NOPEUSDT", CaseMarket.minuteMs(3), 1))
                .isInstanceOf(NoSuchMinuteException.class)
                .hasMessage("Unknown symbol: symbol=NOPEUSDT. The database has BTCUSDT");
        assertThatThrownBy(() -> rows("BTCUSDT", CaseMarket.minuteMs(-1), 1))
                .isInstanceOf(NoSuchMinuteException.class)
                .hasMessage(
                        "No final bar of that minute: symbol=BTCUSDT at=2026-01-04T23:59:00Z."
                                + " The database has 2026-01-05T00:00:00Z to 2026-01-05T01:00:00Z");
        assertThatThrownBy(() -> rows("BTCUSDT", CaseMarket.minuteMs(61), 1))
                .as("the minute that still runs")
                .isInstanceOf(NoSuchMinuteException.class);
    }

    @Test
    void challengerDoesNotReplaceTheChampion() throws Exception {
        server.run(
                "INSERT INTO anomalies (symbol, open_time, model_id, model_version, score, threshold, is_anomaly,"
                        + " severity, attribution, is_shadow, bar_revision) VALUES ('BTCUSDT',"
                        + " '2026-01-05T00:05:00Z', 'rival', 1, 0.99, 0.5, true, 3, '{}', true, 0)");
        JsonNode json = open(rows(5, 1), MARKET.exchange()).json("case.json");
        assertThat(json.get("summary").asText()).contains("not flagged by iforest");
        assertThat(json.get("anomalies").findValuesAsText("model_id"))
                .containsExactly("iforest", "rival");
        assertThat(
                        json.get("anomalies").findValuesAsText("in_words").stream()
                                .collect(Collectors.joining()))
                .contains("flagged by rival version 1: score 0.990");
    }
}
