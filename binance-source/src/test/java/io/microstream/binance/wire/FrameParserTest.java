package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.Bar;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private static final String AGG_TRADE =
            """
            {"e":"aggTrade","E":1767225600412,"s":"ETHUSDT","a":1502250001,"p":"2971.42000000",\
            "q":"0.51230000","f":2954000100,"l":2954000103,"T":1767225600411,"m":false,"M":true}""";

    private final FrameParser parser = new FrameParser();

    @Test
    void aggTradeIsReadExactly() {
        assertThat(parse(AGG_TRADE)).isEqualTo(FrameType.AGG_TRADE);
        assertAggTrade();
    }

    @Test
    void combinedEnvelopeIsOpened() {
        parse("{\"stream\":\"ethusdt@aggTrade\",\"data\":" + AGG_TRADE + "}");
        assertAggTrade();
    }

    @Test
    void keyOrderWhiteSpaceEscapesAndUnknownFieldsDoNotMatter() {
        parse(
                """
                 { "data" : { "M":true, "m" : false, "T":"1767225600411", "new":{"a":[1,{"p":2}]},
                   "\\u006c":2954000103, "f":2954000100, "q":0.5123, "p":2971.42, "a":"1502250001",
                   "s":"ETH\\u0055SDT", "E":1767225600412, "\\u0065":"agg\\u0054rade", "X":null },
                   "stream" : "ethusdt@aggTrade", "more":[[[]]] }
                """);
        assertAggTrade();
    }

    @Test
    void microsecondsAreKept() {
        parse(AGG_TRADE.replace("1767225600411,", "1767225600411987,"));
        assertThat(parser.timeUs()).isEqualTo(1767225600411987L);
        assertThat(parser.eventTimeUs()).isEqualTo(1767225600412000L);
    }

    @Test
    void tradeIsAnAggregateOfOne() {
        parse(
                "{\"stream\":\"ethusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1767225600412,"
                        + "\"s\":\"ETHUSDT\",\"t\":2954000100,\"p\":\"2971.42\",\"q\":\"0.12\","
                        + "\"T\":1767225600411,\"m\":true,\"M\":true}}");
        assertThat(parser.type()).isEqualTo(FrameType.TRADE);
        assertThat(parser.id()).isEqualTo(2954000100L);
        assertThat(parser.firstId()).isEqualTo(2954000100L);
        assertThat(parser.lastId()).isEqualTo(2954000100L);
        assertThat(parser.buyerIsMaker()).isTrue();
    }

    @Test
    void blockTradeIsATypeOfItsOwn() {
        parse(
                "{\"e\":\"blockTrade\",\"E\":1772506983582,\"s\":\"ETHBTC\",\"t\":41,"
                        + "\"p\":\"0.03310000\",\"q\":\"900.00000000\",\"T\":1772506983321,\"m\":true}");
        assertThat(parser.type()).isEqualTo(FrameType.BLOCK_TRADE);
        assertThat(parser.price()).isEqualTo(3_310_000);
        assertThat(parser.quantity()).isEqualTo(90_000_000_000L);
    }

    @Test
    void depthUpdateGivesLevels() {
        parse(
                "{\"e\":\"depthUpdate\",\"E\":1767225600500,\"s\":\"ETHUSDT\",\"U\":90000000011,"
                        + "\"u\":90000000019,\"b\":[[\"2971.4\",\"3.1\"],[\"2970\",\"0\"]],\"a\":[]}");
        assertThat(parser.type()).isEqualTo(FrameType.DEPTH_UPDATE);
        assertThat(parser.firstId()).isEqualTo(90000000011L);
        assertThat(parser.lastId()).isEqualTo(90000000019L);
        assertThat(parser.bids().size()).isEqualTo(2);
        assertThat(parser.bids().price(0)).isEqualTo(297_140_000_000L);
        assertThat(parser.bids().quantity(0)).isEqualTo(310_000_000L);
        assertThat(parser.bids().quantity(1)).isZero();
        assertThat(parser.asks().size()).isZero();
    }

    @Test
    void levelsGrowAndAreClearedByTheNextFrame() {
        String level = "[\"1.5\",\"2\"],";
        String levels = "[" + level.repeat(4_999) + "[\"1.5\",\"3\",[]]]";
        parse("{\"lastUpdateId\":7,\"bids\":" + levels + ",\"asks\":[]}");
        assertThat(parser.bids().size()).isEqualTo(5_000);
        assertThat(parser.bids().quantity(4_999)).isEqualTo(300_000_000L);
        parse(AGG_TRADE);
        assertThat(parser.bids().size()).isZero();
    }

    @Test
    void partialDepthTakesItsSymbolFromTheStream() {
        parse(
                "{\"stream\":\"ethusdt@depth5@100ms\",\"data\":{\"lastUpdateId\":19,"
                        + "\"bids\":[[\"2971.4\",\"3.1\"]],\"asks\":[]}}");
        assertThat(parser.type()).isEqualTo(FrameType.PARTIAL_DEPTH);
        assertThat(parser.symbol()).isEqualTo("ETHUSDT");
        assertThat(parser.lastId()).isEqualTo(19);
    }

    @Test
    void bookTickerHasNoTypeAndNoTime() {
        parse("{\"u\":19,\"s\":\"ETHUSDT\",\"b\":\"2.5\",\"B\":\"3\",\"a\":\"2.75\",\"A\":\"4\"}");
        assertThat(parser.type()).isEqualTo(FrameType.BOOK_TICKER);
        assertThat(parser.bidPrice()).isEqualTo(250_000_000);
        assertThat(parser.bidQuantity()).isEqualTo(300_000_000);
        assertThat(parser.askPrice()).isEqualTo(275_000_000);
        assertThat(parser.askQuantity()).isEqualTo(400_000_000);
        assertThat(parser.eventTimeUs()).isEqualTo(-1);
    }

    @Test
    void klineBecomesABarEvenWithVolumesBeyondALong() {
        parse(
                "{\"e\":\"kline\",\"E\":1767225602010,\"s\":\"PEPEUSDT\",\"k\":{\"t\":1767225600000,"
                        + "\"T\":1767225659999,\"s\":\"PEPEUSDT\",\"i\":\"1m\",\"f\":5,\"L\":9,\"o\":\"2\","
                        + "\"c\":\"3\",\"h\":\"4\",\"l\":\"1\",\"v\":\"10000000000000.5\",\"n\":5,\"x\":true,"
                        + "\"q\":\"6\",\"V\":\"7\",\"Q\":\"8\",\"B\":\"0\"}}");
        Bar bar = parser.kline().toBar();
        assertThat(bar)
                .isEqualTo(
                        new Bar(
                                "PEPEUSDT",
                                1767225600000L,
                                eight("2"),
                                eight("4"),
                                eight("1"),
                                eight("3"),
                                eight("10000000000000.5"),
                                eight("6"),
                                eight("7"),
                                eight("8"),
                                5,
                                5,
                                9,
                                true,
                                true,
                                0));
    }

    @Test
    void emptyMinuteHasNoTradeIds() {
        parse(kline("1m", "-1"));
        assertThat(parser.kline().firstTradeId()).isEqualTo(-1);
    }

    @Test
    void barOfAnotherIntervalIsRefused() {
        parse(kline("1h", "7"));
        KlineFrame kline = parser.kline();
        assertThatThrownBy(kline::toBar).hasMessageContaining("interval=1h");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"e\":\"serverShutdown\",\"E\":1781000000123}",
                "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1781000000123}}"
            })
    void serverShutdownIsSeenInBothModes(String frame) {
        assertThat(parse(frame)).isEqualTo(FrameType.SERVER_SHUTDOWN);
        assertThat(parser.eventTimeUs()).isEqualTo(1781000000123000L);
    }

    @Test
    void repliesKeepIdAndResult() {
        assertThat(parse("{\"result\":null,\"id\":7}")).isEqualTo(FrameType.REPLY);
        assertThat(parser.id()).isEqualTo(7);
        parse("{\"result\":[\"ethusdt@aggTrade\"],\"id\":9}");
        assertThat(parser.text()).isEqualTo("[\"ethusdt@aggTrade\"]");
        parse("{\"id\":null,\"result\":\"x\"}");
        assertThat(parser.text()).isEqualTo("\"x\"");
        assertThat(parser.id()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":2,\"msg\":\"Invalid request: too many parameters\"}|2|-1",
                "{\"error\":{\"code\":2,\"msg\":\"Invalid request: too many parameters\"},\"id\":3}|2|3",
                "{\"code\":-1,\"msg\":\"Invalid request: too many parameters\",\"id\":\"x\"}|-1|-1"
            })
    void bothErrorEnvelopesAreRead(String frame, long code, long id) {
        assertThat(parse(frame)).isEqualTo(FrameType.ERROR);
        assertThat(parser.errorCode()).isEqualTo(code);
        assertThat(parser.id()).isEqualTo(id);
        assertThat(parser.text()).isEqualTo("Invalid request: too many parameters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"e\":\"24hrTicker\",\"E\":1,\"s\":\"ETHUSDT\"}",
                "{\"stream\":\"ethusdt@avgPrice\",\"data\":{\"e\":\"avgPrice\",\"E\":1}}",
                "{\"stream\":\"!ticker@arr\",\"data\":[{\"e\":\"24hrTicker\"}]}",
                "[1,2]",
                "{}"
            })
    void unknownTypesAreNotErrors(String frame) {
        assertThat(parse(frame)).isEqualTo(FrameType.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"p\":\"2971.42000000\"|\"p\":\"2.97e3\"|field p has an exponent, not a plain decimal",
                "\"p\":\"2971.42000000\"|\"p\":2.97e3|field p has an exponent, not a plain decimal",
                "\"p\":\"2971.42000000\"|\"p\":\"0.00000000\"|field p is not above zero",
                "\"p\":\"2971.42000000\"|\"p\":\"-1\"|field p is not a decimal above zero",
                "\"p\":\"2971.42000000\"|\"p\":\"1.123456789\"|field p has more than eight decimals",
                "\"p\":\"2971.42000000\"|\"p\":null|field p is missing",
                "\"p\":\"2971.42000000\"|\"p\":[]|field p is not a text",
                "\"p\":\"2971.42000000\"|\"x\":\"1\"|field p is missing",
                "\"a\":1502250001|\"a\":-5|field a is not a whole number",
                "\"a\":1502250001|\"a\":1.5|field a is not a whole number",
                "\"l\":2954000103|\"l\":2954000099|field l is below f",
                "\"T\":1767225600411|\"T\":17672256004|field T is not a time between 2000 and 2100",
                "\"T\":1767225600411|\"T\":17672256004110|field T is not a time between 2000 and 2100",
                "\"m\":false|\"m\":\"false\"|field m is not true or false",
                "\"m\":false|\"y\":false|field m is missing",
                "\"s\":\"ETHUSDT\"|\"s\":\"\"|field s is not a symbol",
                "\"e\":\"aggTrade\"|\"e\":null|field e is not a string",
                "\"e\":\"aggTrade\"|\"f\":1|field e is missing",
                "\"m\":false|\"m\":falsy|not a JSON value",
                "\"m\":false|\"m\":false}|text after the end of the JSON",
                "\"m\":false|\"m\":false,|JSON lacks a key",
                "ETHUSDT|ETH\\xUSDT|bad escape in a JSON string",
                "\"a\":1502250001|\"a\":01|JSON number with a leading zero"
            })
    void malformedFrameSaysWhy(String good, String bad, String reason) {
        assertThat(AGG_TRADE).contains(good);
        assertThat(parse(AGG_TRADE.replace(good, bad))).isEqualTo(FrameType.MALFORMED);
        assertThat(parser.reason()).isEqualTo(reason);
    }

    @Test
    void payloadOfAnotherTypeThanItsStreamIsMalformed() {
        parse("{\"stream\":\"ethusdt@trade\",\"data\":" + AGG_TRADE + "}");
        assertThat(parser.reason()).isEqualTo("stream of TRADE carries AGG_TRADE");
        parse("{\"stream\":\"ethusdt@aggTrade\",\"data\":{\"x\":1}}");
        assertThat(parser.reason()).isEqualTo("stream of AGG_TRADE carries UNKNOWN");
    }

    @Test
    void malformedFrameKeepsTheSymbolOfItsStream() {
        parse("{\"stream\":\"ethusdt@trade\",\"data\":{\"e\":\"tra");
        assertThat(parser.type()).isEqualTo(FrameType.MALFORMED);
        assertThat(parser.symbol()).isEqualTo("ETHUSDT");
        parse("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":");
        assertThat(parser.symbol()).isEqualTo("BTCUSDT");
        parse("not JSON");
        assertThat(parser.symbol()).isNull();
        assertThat(parser.reason()).isEqualTo("not a JSON object");
        parse("");
        assertThat(parser.reason()).isEqualTo("JSON ends too early");
    }

    @Test
    void nestingBombIsRefused() {
        parse("{\"x\":" + "[".repeat(1_000_000));
        assertThat(parser.reason()).isEqualTo("JSON nested deeper than 32");
        parse("[".repeat(1_000_000));
        assertThat(parser.reason()).isEqualTo("JSON nested deeper than 32");
        parse("{\"x\":" + "[".repeat(31) + "]".repeat(31) + "}");
        assertThat(parser.type()).isEqualTo(FrameType.UNKNOWN);
    }

    @Test
    void symbolsBeyondAsciiAreRead() {
        parse(AGG_TRADE.replace("ETHUSDT", "币安人生USDT"));
        assertThat(parser.symbol()).isEqualTo("币安人生USDT");
    }

    @Test
    void symbolIsTheSameObjectEachTime() {
        parse(AGG_TRADE);
        String first = parser.symbol();
        parse("{\"stream\":\"btcusdt@aggTrade\",\"data\":{}}");
        parse(AGG_TRADE);
        assertThat(parser.symbol()).isSameAs(first);
    }

    @Test
    void manySymbolsAreNotConfused() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                parse(AGG_TRADE.replace("ETHUSDT", "COIN" + i));
                assertThat(parser.symbol()).isEqualTo("COIN" + i);
            }
        }
    }

    private FrameType parse(String frame) {
        byte[] bytes = frame.getBytes(UTF_8);
        return parser.parse(bytes, 0, bytes.length);
    }

    private void assertAggTrade() {
        assertThat(parser.reason()).isNull();
        assertThat(NaiveFrames.describe(parser))
                .isEqualTo(
                        "AGG_TRADE ETHUSDT E1767225600412000 id1502250001 p297142000000 q51230000"
                                + " f2954000100 l2954000103 T1767225600411000 false");
    }

    private static String kline(String interval, String firstId) {
        return "{\"e\":\"kline\",\"s\":\"A\",\"k\":{\"t\":1767225600000,\"T\":1767225659999,"
                + "\"i\":\""
                + interval
                + "\",\"f\":"
                + firstId
                + ",\"L\":-1,\"o\":\"1\",\"c\":\"1\",\"h\":\"1\",\"l\":\"1\",\"v\":\"0\",\"n\":0,"
                + "\"x\":true,\"q\":\"0\",\"V\":\"0\",\"Q\":\"0\"}}";
    }

    private static BigDecimal eight(String value) {
        return new BigDecimal(value).setScale(8);
    }
}
