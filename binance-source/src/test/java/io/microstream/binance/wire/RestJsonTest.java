package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.wire.ExchangeInfo.RateLimit;
import io.microstream.binance.wire.ExchangeInfo.SymbolInfo;
import io.microstream.binance.wire.JsonReader.UnreadableException;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RestJsonTest {

    private static final String AGG =
            "{\"a\":1502250001,\"p\":\"2971.42000000\",\"q\":\"0.51230000\",\"f\":2954000100,\"l\":2954000103,\"T\":1767225600411,\"m\":true,\"M\":true}";
    private static final String SINGLE =
            "{\"id\":2954000100,\"price\":\"2971.42000000\",\"qty\":\"0.12000000\",\"quoteQty\":\"356.57040000\",\"time\":1767225600411123,\"isBuyerMaker\":false,\"isBestMatch\":true}";

    private static <T> T read(String body, JsonReader.Body<T> reader) throws UnreadableException {
        return JsonReader.read(body.getBytes(UTF_8), reader);
    }

    private static List<Trade> trades(String body) throws UnreadableException {
        return read(body, json -> TradeJson.read(json, StreamKind.AGG_TRADE, "ETHUSDT", 5));
    }

    private static List<Bar> bars(String body) throws UnreadableException {
        return read(body, json -> KlineJson.read(json, "ETHUSDT"));
    }

    private static DepthSnapshot depth(String body) throws UnreadableException {
        return read(body, json -> DepthJson.read(json, "ETHUSDT"));
    }

    @Test
    void readsAggregateTrades() throws Exception {
        assertThat(trades("[" + AGG + "]"))
                .containsExactly(
                        new Trade(
                                "ETHUSDT",
                                1_502_250_001L,
                                297_142_000_000L,
                                51_230_000L,
                                2_954_000_100L,
                                2_954_000_103L,
                                1_767_225_600_411_000L,
                                true));
        assertThat(trades("[" + AGG + "]").get(0).receivedAtMs()).isEqualTo(5);
        assertThat(trades("[]")).isEmpty();
    }

    @Test
    void readsSingleTradesAsAggregatesOfOne() throws Exception {
        List<Trade> read =
                read(
                        "[" + SINGLE + "]",
                        json -> TradeJson.read(json, StreamKind.TRADE, "ETHUSDT", 5));
        assertThat(read)
                .containsExactly(
                        new Trade(
                                "ETHUSDT",
                                2_954_000_100L,
                                297_142_000_000L,
                                12_000_000L,
                                2_954_000_100L,
                                2_954_000_100L,
                                1_767_225_600_411_123L,
                                false));
    }

    @Test
    void passesOverFieldsItDoesNotKnowWhateverTheyHold() throws Exception {
        String more =
                AGG.replace(
                        "\"m\":true",
                        "\"x\":{\"a\":[{\"a\":1e400}],\"p\":null},\"y\":[[]],\"z\":null,\"m\":true");
        assertThat(trades(" [" + more + ", " + AGG + "] "))
                .isEqualTo(trades("[" + AGG + "," + AGG + "]"));
    }

    @Test
    void keepsEveryDigitOfTheLargestQuantity() throws Exception {
        String large = AGG.replace("\"0.51230000\"", "\"92233720368.54775807\"");
        assertThat(trades("[" + large + "]").get(0).quantity()).isEqualTo(Long.MAX_VALUE);
        String number = AGG.replace("\"0.51230000\"", "92233720368.54775807");
        assertThat(trades("[" + number + "]").get(0).quantity()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatIsNotATrade() {
        refused(AGG.replace("\"a\":1502250001,", ""), "trade lacks a field");
        refused(AGG.replace(",\"m\":true", ""), "trade lacks a field");
        refused(AGG.replace("2954000103", "2954000099"), "its last id is below its first");
        refused(AGG.replace("1502250001", "-1"), "not a whole number: -1");
        refused(AGG.replace("1502250001", "1.5"), "not a whole number: 1.5");
        refused(AGG.replace("1502250001", "92233720368547758070"), "not a whole number");
        refused(AGG.replace("1502250001", "null"), "not a whole number: null");
        refused(
                AGG.replace("2971.42000000", "2.97e3"),
                "not a decimal of at most 8 places: 2.97e3");
        refused(AGG.replace("2971.42000000", "0.00000000"), "price is 0");
        refused(AGG.replace("\"m\":true", "\"m\":\"true\""), "not true or false: VALUE_STRING");
        refused(AGG.replace("1767225600411", "1767225600"), "not a time between");
        refused("[" + AGG + "]", "START_OBJECT expected, found START_ARRAY");
    }

    private static void refused(String row, String why) {
        assertThatThrownBy(() -> trades("[" + row + "]"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("body=[");
    }

    @Test
    void refusesWhatIsNotTheBodyItShouldBe() {
        for (String body :
                List.of(
                        "",
                        " ",
                        "<html>",
                        "{}",
                        "null",
                        "[1]",
                        "[" + AGG,
                        "[" + AGG + "] x",
                        "[" + AGG + "][]")) {
            assertThatThrownBy(() -> trades(body))
                    .as(body)
                    .isInstanceOf(UnreadableException.class)
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void refusesEveryBodyThatIsCutOff() throws Exception {
        String body = "[" + AGG + "," + AGG + "]";
        String klines = Bodies.klines(Bodies.T0_MS, Bodies.T0_MS + 60_000);
        String info = Bodies.exchangeInfo("BTCUSDT");
        for (int end = 0; end < body.length(); end++) {
            String cut = body.substring(0, end);
            assertThatThrownBy(() -> trades(cut)).isInstanceOf(UnreadableException.class);
        }
        for (int end = 0; end < klines.length(); end++) {
            String cut = klines.substring(0, end);
            assertThatThrownBy(() -> bars(cut)).isInstanceOf(UnreadableException.class);
        }
        for (int end = 0; end < info.length(); end++) {
            String cut = info.substring(0, end);
            assertThatThrownBy(() -> read(cut, ExchangeInfoJson::read))
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void leavesNothingButItsOwnExceptionForAnyBytes() {
        byte[] body = ("[" + AGG + "," + AGG + "]").getBytes(UTF_8);
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutant = body.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonReader.read(mutant, json -> TradeJson.read(json, StreamKind.AGG_TRADE, "X", 5));
            } catch (UnreadableException e) {
                refused++;
                assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(4_000, 9_999);
    }

    @Test
    void readsKlinesAsTheDumpsAreRead() throws Exception {
        BigDecimal open = new BigDecimal("2971.42000000");
        Bar expected =
                new Bar(
                        "ETHUSDT",
                        Bodies.T0_MS,
                        open,
                        new BigDecimal("2980.00000000"),
                        new BigDecimal("2970.00000000"),
                        new BigDecimal("2975.10000000"),
                        new BigDecimal("118.20000000"),
                        new BigDecimal("351230.11000000"),
                        new BigDecimal("60.10000000"),
                        new BigDecimal("178600.20000000"),
                        634,
                        -1,
                        -1,
                        true,
                        true,
                        0);
        String micros = Bodies.kline(Bodies.T0_MS);
        String millis =
                micros.replace("1767225600000000", "1767225600000")
                        .replace("1767225659999999", "1767225659999");
        assertThat(bars("[" + micros + "," + millis + "]")).containsExactly(expected, expected);
    }

    @Test
    void readsVolumesBeyondALong() throws Exception {
        String cheap = Bodies.kline(Bodies.T0_MS).replace("118.20000000", "9922337203685.47758070");
        assertThat(bars("[" + cheap + "]").get(0).volume()).isEqualTo("9922337203685.47758070");
    }

    @Test
    void refusesWhatIsNotAMinute() {
        String good = Bodies.kline(Bodies.T0_MS);
        List<String> bad = new ArrayList<>();
        bad.add(good.replace("1767225659999999", "1767225899999999"));
        bad.add(good.replace("1767225600000000", "1767225600000001"));
        bad.add(good.replace("2980.00000000", "2971.00000000"));
        bad.add(good.replace(",634,", ",\"many\","));
        bad.add("[1767225600000,\"1\",\"1\"]");
        bad.add("{}");
        for (String row : bad) {
            assertThatThrownBy(() -> bars("[" + row + "]"))
                    .as(row)
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void readsDepth() throws Exception {
        DepthSnapshot depth =
                depth(
                        "{\"lastUpdateId\":90000000015,\"bids\":[[\"2971.40000000\",\"3.10000000\"],[\"2971.00000000\",\"0.00000001\",[]]],\"asks\":[[\"2971.41000000\",\"0.70000000\"]],\"E\":1}");
        assertThat(depth)
                .isEqualTo(
                        new DepthSnapshot(
                                "ETHUSDT",
                                90_000_000_015L,
                                new long[] {297_140_000_000L, 297_100_000_000L},
                                new long[] {310_000_000L, 1L},
                                new long[] {297_141_000_000L},
                                new long[] {70_000_000L}));
        assertThatThrownBy(() -> depth("{\"lastUpdateId\":1,\"bids\":[]}"))
                .hasMessageContaining("depth lacks");
        assertThatThrownBy(
                        () ->
                                depth(
                                        "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[[\"2\",\"1\"],[\"1\",\"1\"]]}"))
                .hasMessageContaining("levels are not best first");
    }

    @Test
    void readsExchangeInfo() throws Exception {
        ExchangeInfo info =
                read(
                        Bodies.exchangeInfo("BTCUSDT", "ETHUSDT")
                                .replaceFirst("TRADING", "CANCEL_ONLY"),
                        ExchangeInfoJson::read);
        assertThat(info.serverTimeUs()).isEqualTo(1_767_225_600_123_456L);
        assertThat(info.rateLimits())
                .containsExactly(
                        new RateLimit("RAW_REQUESTS", "MINUTE", 5, 300_000),
                        new RateLimit("REQUEST_WEIGHT", "MINUTE", 1, 1_200));
        assertThat(info.weightPerMinute()).isEqualTo(1_200);
        assertThat(info.symbols().keySet()).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(info.symbols().get("BTCUSDT"))
                .isEqualTo(
                        new SymbolInfo(
                                "BTCUSDT", "CANCEL_ONLY", "BTC", "USDT", 1_000_000L, 10_000L));
        assertThat(info.symbols().get("BTCUSDT").isTrading()).isFalse();
        assertThat(info.symbols().get("ETHUSDT").isTrading()).isTrue();
        assertThatThrownBy(() -> read("{\"serverTime\":1767225600123}", ExchangeInfoJson::read))
                .hasMessageContaining("exchangeInfo lacks");
    }
}
