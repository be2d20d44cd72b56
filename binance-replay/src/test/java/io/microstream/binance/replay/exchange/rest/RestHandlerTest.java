package io.microstream.binance.replay.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.binance.replay.exchange.history.RandomTrades;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestHandlerTest {

    private final StubMarket market = new StubMarket();
    private final HandlerClient client = new HandlerClient(market);

    @BeforeEach
    void list() {
        market.list("BTCUSDT", 5_000, RandomTrades.of("BTCUSDT", 2_000, 1));
        market.list("ETHBTC", 5_000, List.of());
        market.statuses.put("ETHBTC", "BREAK");
        market.book("BTCUSDT", 6_000, 90_000_000_015L);
    }

    @ParameterizedTest(name = "{0} costs {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ping|1",
                "time|1",
                "exchangeInfo|20",
                "exchangeInfo?symbol=BTCUSDT|20",
                "depth?symbol=BTCUSDT|5",
                "depth?symbol=BTCUSDT&limit=1|5",
                "depth?symbol=BTCUSDT&limit=100|5",
                "depth?symbol=BTCUSDT&limit=101|25",
                "depth?symbol=BTCUSDT&limit=500|25",
                "depth?symbol=BTCUSDT&limit=501|50",
                "depth?symbol=BTCUSDT&limit=1000|50",
                "depth?symbol=BTCUSDT&limit=1001|250",
                "depth?symbol=BTCUSDT&limit=5000|250",
                "depth?symbol=BTCUSDT&limit=99999|250",
                "trades?symbol=BTCUSDT|25",
                "historicalTrades?symbol=BTCUSDT|25",
                "aggTrades?symbol=BTCUSDT|4",
                "klines?symbol=BTCUSDT&interval=1m|2",
                "ticker/bookTicker?symbol=BTCUSDT|2",
                "ticker/bookTicker?symbols=[\"BTCUSDT\"]|4",
                "ticker/bookTicker|4"
            })
    void everyAnswerStatesTheWeightUsed(String target, int weight) {
        RestAnswer answer = client.get(target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("X-MBX-USED-WEIGHT-1M", "" + weight);
        assertThat(answer.delayNanos()).isZero();
        client.get(target);
        assertThat(client.handler.usedWeight("127.0.0.1")).isEqualTo(2 * weight);
    }

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "time?x=1|400|-1101|Too many parameters; expected '0' and received '1'.",
                "klines?symbol=BTCUSDT&interval=1m&x=1|400|-1104|Not all sent parameters were"
                        + " read; read '2' parameter(s) but was sent '3'.",
                "depth|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or"
                        + " malformed.",
                "aggTrades?symbol=|400|-1102|Mandatory parameter 'symbol' was not sent, was"
                        + " empty/null, or malformed.",
                "klines?symbol=BTCUSDT|400|-1102|Mandatory parameter 'interval' was not sent, was"
                        + " empty/null, or malformed.",
                "trades?symbol=btcusdt|400|-1100|Illegal characters found in parameter 'symbol';"
                        + " legal range is '^[\\w\\-._&&[^a-z]]{1,50}$'.",
                "trades?symbol=BTCUSDT&limit=x|400|-1100|Illegal characters found in parameter"
                        + " 'limit'; legal range is '^[0-9]{1,20}$'.",
                "aggTrades?symbol=BTCUSDT&fromId=-1|400|-1100|Illegal characters found in"
                        + " parameter 'fromId'; legal range is '^[0-9]{1,20}$'.",
                "klines?symbol=BTCUSDT&interval=1m&startTime=now|400|-1100|Illegal characters"
                        + " found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.",
                "historicalTrades?symbol=BTCUSDT&limit=0|400|-1130|Data sent for parameter"
                        + " 'limit' is not valid.",
                "klines?symbol=BTCUSDT&interval=1m&timeZone=15|400|-1130|Data sent for parameter"
                        + " 'timeZone' is not valid.",
                "klines?symbol=BTCUSDT&interval=7m|400|-1120|Invalid interval.",
                "klines?symbol=BTCUSDT&interval=1s|400|-1120|Invalid interval.",
                "klines?symbol=NOPE&interval=1m|400|-1121|Invalid symbol.",
                "depth?symbol=NOPE|400|-1121|Invalid symbol.",
                "exchangeInfo?symbol=NOPE|400|-1121|Invalid symbol.",
                "exchangeInfo?symbols=[\"BTCUSDT\",\"NOPE\"]|400|-1121|Invalid symbol.",
                "exchangeInfo?symbols=BTCUSDT|400|-1100|Illegal characters found in parameter"
                        + " 'symbols'; legal range is"
                        + " '^\\[(\"[\\w\\-._&&[^a-z]]{1,50}\"(,\"[\\w\\-._&&[^a-z]]{1,50}\"){0,}){0,1}\\]$'.",
                "exchangeInfo?symbol=BTCUSDT&symbols=[\"BTCUSDT\"]|400|-1128|Combination of"
                        + " optional parameters invalid.",
                "aggTrades?symbol=BTCUSDT&fromId=1&startTime=1|400|-1128|Combination of optional"
                        + " parameters invalid.",
                "exchangeInfo?symbolStatus=OPEN|400|-1122|Invalid symbolStatus.",
                "depth?symbol=ETHBTC&symbolStatus=TRADING|400|-1220|The symbol's status does not"
                        + " match the requested symbolStatus."
            })
    void refusesWithTheCodeAndTextOfTheTables(String target, int status, int code, String text) {
        RestAnswer answer = client.get(target);
        assertThat(answer.status()).isEqualTo(status);
        JsonNode body = HandlerClient.json(answer);
        assertThat(body.size()).isEqualTo(2);
        assertThat(body.get("code").intValue()).isEqualTo(code);
        assertThat(body.get("msg").textValue()).isEqualTo(text);
        assertThat(answer.headers()).containsKey("X-MBX-USED-WEIGHT-1M");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/avgPrice, 404",
        "GET, /api/v1/ping, 404",
        "GET, /, 404",
        "POST, /api/v3/ping, 405",
        "DELETE, /api/v3/depth, 405"
    })
    void unknownPathsAre404AndOtherMethods405(String method, String path, int status) {
        RestAnswer answer = client.ask(method, path, false);
        assertThat(answer.status()).isEqualTo(status);
        JsonNode body = HandlerClient.json(answer);
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("path").textValue()).isEqualTo(path);
        assertThat(answer.headers()).containsEntry("X-MBX-USED-WEIGHT-1M", "1");
    }

    @Test
    void pathsAreQuotedSafely() {
        String path = "/a\"b\\c\u00e9\n";
        assertThat(HandlerClient.json(client.get(path)).get("path").textValue()).isEqualTo(path);
    }

    @Test
    void pingAndTimeAreAsDocumented() {
        assertThat(HandlerClient.text(client.get("ping"))).isEqualTo("{}");
        assertThat(HandlerClient.text(client.get("time")))
                .isEqualTo("{\"serverTime\":1767225600123}");
        assertThat(HandlerClient.text(client.ask("GET", "time", true)))
                .isEqualTo("{\"serverTime\":1767225600123456}");
    }

    @Test
    void exchangeInfoListsLimitsAndSymbols() {
        JsonNode info = client.json("exchangeInfo");
        assertThat(names(info))
                .containsExactly(
                        "timezone", "serverTime", "rateLimits", "exchangeFilters", "symbols");
        assertThat(info.get("timezone").textValue()).isEqualTo("UTC");
        assertThat(info.get("serverTime").longValue()).isEqualTo(1_767_225_600_123L);
        assertThat(info.get("rateLimits").get(0).toString())
                .isEqualTo(
                        "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                                + "\"intervalNum\":1,\"limit\":6000}");
        assertThat(info.get("rateLimits").get(3).get("limit").intValue()).isEqualTo(300_000);
        assertThat(info.get("symbols")).hasSize(2);
        JsonNode eth = info.get("symbols").get(1);
        assertThat(eth.get("symbol").textValue()).isEqualTo("ETHBTC");
        assertThat(eth.get("status").textValue()).isEqualTo("BREAK");
        assertThat(eth.get("baseAsset").textValue()).isEqualTo("ETH");
        assertThat(eth.get("quoteAsset").textValue()).isEqualTo("BTC");
        assertThat(eth.get("permissionSets").get(0).get(0).textValue()).isEqualTo("SPOT");
    }

    @Test
    void exchangeInfoShowsChangesOfStatusAndTick() {
        JsonNode before = client.json("exchangeInfo?symbol=BTCUSDT").get("symbols").get(0);
        assertThat(before.get("filters").get(0).toString())
                .isEqualTo(
                        "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01000000\","
                                + "\"maxPrice\":\"1000000.00000000\",\"tickSize\":\"0.01000000\"}");
        assertThat(before.get("filters").get(1).toString())
                .isEqualTo(
                        "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\","
                                + "\"maxQty\":\"9000000.00000000\",\"stepSize\":\"0.00001000\"}");
        market.statuses.put("BTCUSDT", "HALT");
        market.tickSize = 10_000_000;
        JsonNode after = client.json("exchangeInfo?symbol=BTCUSDT").get("symbols").get(0);
        assertThat(after.get("status").textValue()).isEqualTo("HALT");
        assertThat(after.get("filters").get(0).get("tickSize").textValue()).isEqualTo("0.10000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exchangeInfo|BTCUSDT ETHBTC",
                "exchangeInfo?symbols=[\"ETHBTC\",\"BTCUSDT\"]|ETHBTC BTCUSDT",
                "exchangeInfo?symbols=[]|''",
                "exchangeInfo?symbolStatus=BREAK|ETHBTC",
                "exchangeInfo?permissions=SPOT|BTCUSDT ETHBTC",
                "exchangeInfo?permissions=MARGIN|''"
            })
    void exchangeInfoListsTheSymbolsAskedFor(String target, String expected) {
        List<String> symbols = new ArrayList<>();
        client.json(target)
                .get("symbols")
                .forEach(each -> symbols.add(each.get("symbol").asText()));
        assertThat(String.join(" ", symbols)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'',100", "&limit=7,7", "&limit=5000,5000", "&limit=99999999999999999999,5000"})
    void depthShowsTheBestLevelsFirst(String limit, int levels) {
        JsonNode depth = client.json("depth?symbol=BTCUSDT" + limit);
        assertThat(names(depth)).containsExactly("lastUpdateId", "bids", "asks");
        assertThat(depth.get("lastUpdateId").longValue()).isEqualTo(90_000_000_015L);
        assertThat(depth.get("bids")).hasSize(levels);
        assertThat(depth.get("asks")).hasSize(levels);
        assertThat(depth.get("bids").get(0).toString())
                .isEqualTo("[\"99.99000000\",\"0.00000001\"]");
        assertThat(depth.get("asks").get(6).toString())
                .isEqualTo("[\"100.07000000\",\"0.00000007\"]");
    }

    @Test
    void aSymbolWithoutBookHasAnEmptyOne() {
        assertThat(HandlerClient.text(client.get("depth?symbol=ETHBTC")))
                .isEqualTo("{\"lastUpdateId\":0,\"bids\":[],\"asks\":[]}");
        assertThat(HandlerClient.text(client.get("ticker/bookTicker?symbol=ETHBTC")))
                .isEqualTo(
                        "{\"symbol\":\"ETHBTC\",\"bidPrice\":\"0.00000000\","
                                + "\"bidQty\":\"0.00000000\",\"askPrice\":\"0.00000000\","
                                + "\"askQty\":\"0.00000000\"}");
    }

    @Test
    void bookTickerIsTheTopOfTheBook() {
        assertThat(client.json("ticker/bookTicker")).hasSize(2);
        assertThat(HandlerClient.text(client.get("ticker/bookTicker?symbols=[\"BTCUSDT\"]")))
                .isEqualTo(
                        "[{\"symbol\":\"BTCUSDT\",\"bidPrice\":\"99.99000000\","
                                + "\"bidQty\":\"0.00000001\",\"askPrice\":\"100.01000000\","
                                + "\"askQty\":\"0.00000001\"}]");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
