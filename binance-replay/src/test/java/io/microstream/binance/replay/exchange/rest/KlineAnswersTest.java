package io.microstream.binance.replay.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.exchange.history.RandomTrades;
import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlineAnswersTest {

    private static final String BTC = "BTCUSDT";
    private static final String KLINES = "klines?symbol=BTCUSDT&interval=";
    private static final long MINUTE = 60_000;
    private static final long START = RandomTrades.START_US / 1_000;

    private final List<Trade> trades = RandomTrades.of(BTC, 8_000, 21);
    private final StubMarket market = new StubMarket().list(BTC, 100, trades);
    private final HandlerClient client = new HandlerClient(market);

    @BeforeEach
    void setClock() {
        market.timeUs = trades.stream().mapToLong(Trade::timeUs).max().orElseThrow() + 150_000_000;
    }

    @ParameterizedTest(name = "{0} in zone {2}")
    @CsvSource({
        "1m, 1, '', 0",
        "3m, 3, '', 0",
        "5m, 5, '', 0",
        "15m, 15, '', 0",
        "1h, 60, '', 0",
        "4h, 240, '&timeZone=+05:30', 330",
        "1d, 1440, '&timeZone=-8', -480",
        "1m, 1, '&timeZone=+05:30', 330"
    })
    void klinesEqualTheNaiveAggregation(String interval, int minutes, String zone, int offset) {
        List<String> expected = naive(trades, minutes * MINUTE, offset * MINUTE);
        List<String> rows = rows(client.json(KLINES + interval + zone + "&limit=1000"));
        assertThat(rows).isEqualTo(newest(expected, 1_000));
        assertThat(rows.size()).isGreaterThan(0);
    }

    @Test
    void rangesHoldWhatAFilterHolds() {
        List<String> all = naive(trades, MINUTE, 0);
        Chance chance = new Chance(3);
        for (int i = 0; i < 200; i++) {
            long start = START - 5 * MINUTE + chance.below((all.size() + 10) * MINUTE);
            long end = start + chance.below(60 * MINUTE);
            int limit = 1 + (int) chance.below(40);
            String limited = KLINES + "1m&limit=" + limit;
            assertThat(rows(client.json(limited + "&startTime=" + start)))
                    .isEqualTo(oldest(between(all, start, Long.MAX_VALUE), limit));
            assertThat(rows(client.json(limited + "&endTime=" + end)))
                    .isEqualTo(newest(between(all, 0, end), limit));
            assertThat(rows(client.json(limited + "&startTime=" + start + "&endTime=" + end)))
                    .isEqualTo(oldest(between(all, start, end), limit));
        }
    }

    @Test
    void aRowIsWrittenAsDocumented() {
        StubMarket one = new StubMarket();
        one.list(
                BTC,
                10,
                List.of(
                        new Trade(BTC, 1, 200_000_000, 150_000_000, 1, 2, START * 1_000, false),
                        new Trade(BTC, 2, 300_000_000, 50_000_000, 3, 3, START * 1_000 + 5, true)));
        one.timeUs = START * 1_000 + 6;
        HandlerClient asker = new HandlerClient(one);
        String middle =
                "\"2.00000000\",\"3.00000000\",\"2.00000000\",\"3.00000000\",\"2.00000000\",";
        String rest = "\"4.50000000\",3,\"1.50000000\",\"3.00000000\",\"0\"]]";
        assertThat(HandlerClient.text(asker.get(KLINES + "1m")))
                .isEqualTo("[[1767225600000," + middle + "1767225659999," + rest);
        assertThat(HandlerClient.text(asker.ask("GET", KLINES + "1m", true)))
                .isEqualTo("[[1767225600000000," + middle + "1767225659999999," + rest);
    }

    @Test
    void theRunningBarComesLastAndIsFlatWithoutTrades() {
        JsonNode rows = client.json(KLINES + "1m&limit=2");
        long running = Bar.minuteOf(market.timeUs);
        assertThat(rows.get(1).get(0).longValue()).isEqualTo(running);
        assertThat(rows.get(1).get(8).intValue()).isZero();
        assertThat(rows.get(1).get(5).textValue()).isEqualTo("0.00000000");
        assertThat(rows.get(1).get(1)).isEqualTo(rows.get(1).get(4)).isEqualTo(rows.get(0).get(4));
    }

    @Test
    void aLateTradeChangesAnEarlierBar() {
        long before = client.json(KLINES + "1m&limit=5").get(2).get(8).longValue();
        long minute = client.json(KLINES + "1m&limit=5").get(2).get(0).longValue();
        market.pastTrades(BTC).append(9_000_000, Decimal8.ONE, 7, 1, 4, minute * 1_000 + 1, true);
        JsonNode after = client.json(KLINES + "1m&limit=5").get(2);
        assertThat(after.get(8).longValue()).isEqualTo(before + 4);
        assertThat(after.get(3).textValue()).isEqualTo("1.00000000");
    }

    @Test
    void historyComesBeforeTheTradesAndGapsAreFlat() {
        market.history.add(bar(START - 5 * MINUTE, "7", "9", "6", "8", "12.5", 40));
        market.history.add(Bar.empty(BTC, START - 4 * MINUTE, new BigDecimal("8"), true));
        market.history.add(bar(START - 2 * MINUTE, "8", "8.5", "5", "5.5", "1", 2));
        JsonNode rows = client.json(KLINES + "1m&limit=6&startTime=1");
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0).toString())
                .isEqualTo(
                        "["
                                + (START - 5 * MINUTE)
                                + ",\"7.00000000\",\"9.00000000\",\"6.00000000\",\"8.00000000\","
                                + "\"12.50000000\","
                                + (START - 4 * MINUTE - 1)
                                + ",\"100.00000000\",40,\"6.00000000\",\"50.00000000\",\"0\"]");
        assertThat(rows.get(1).get(2).textValue()).isEqualTo("8.00000000");
        assertThat(rows.get(2).get(4).textValue()).isEqualTo("8.00000000");
        assertThat(rows.get(2).get(8).intValue()).isZero();
        assertThat(rows.get(4).get(1).textValue()).isEqualTo("5.50000000");
        assertThat(rows.get(4).get(0).longValue()).isEqualTo(START - MINUTE);
        assertThat(rows.get(5).toString()).isEqualTo(naive(trades, MINUTE, 0).get(0));
        JsonNode five = client.json(KLINES + "5m&limit=1&startTime=1").get(0);
        assertThat(five.get(2).textValue()).isEqualTo("9.00000000");
        assertThat(five.get(4).textValue()).isEqualTo("5.50000000");
        assertThat(five.get(8).intValue()).isEqualTo(42);
    }

    @Test
    void historyAloneIsServedBeforeTheFirstTrade() {
        StubMarket quiet = new StubMarket().list(BTC, 10, List.of());
        quiet.history.add(bar(START - MINUTE, "7", "9", "6", "8", "12.5", 40));
        quiet.timeUs = START * 1_000 + 1;
        JsonNode rows = new HandlerClient(quiet).json(KLINES + "1m");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).get(1).textValue()).isEqualTo("8.00000000");
    }

    @Test
    void aResetOfTheIdsForgetsBarsAndHistory() {
        market.history.add(bar(START - MINUTE, "7", "9", "6", "8", "12.5", 40));
        long nowUs = market.timeUs;
        market.pastTrades(BTC).append(1, 5 * Decimal8.ONE, Decimal8.ONE, 1, 1, nowUs, true);
        JsonNode rows = client.json(KLINES + "1m");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get(0).longValue()).isEqualTo(Bar.minuteOf(nowUs));
        assertThat(rows.get(0).get(1).textValue()).isEqualTo("5.00000000");
    }

    @Test
    void nothingAtAllHasNoKlines() {
        market.list("ETHUSDT", 10, List.of());
        assertThat(HandlerClient.text(client.get("klines?symbol=ETHUSDT&interval=1m")))
                .isEqualTo("[]");
    }

    @Test
    void sumsBeyondALongAreExact() {
        StubMarket cheap = new StubMarket().list(BTC, 10, List.of());
        for (int i = 0; i < 3; i++) {
            long price = 123_456_789L;
            cheap.pastTrades(BTC).append(i, price, Long.MAX_VALUE, i, i, START * 1_000, false);
        }
        cheap.timeUs = START * 1_000;
        JsonNode row = new HandlerClient(cheap).json(KLINES + "1m").get(0);
        BigDecimal volume = BigDecimal.valueOf(Long.MAX_VALUE, 8).multiply(new BigDecimal(3));
        assertThat(row.get(5).textValue()).isEqualTo(volume.toPlainString());
        assertThat(row.get(10).textValue())
                .isEqualTo(
                        volume.multiply(new BigDecimal("1.23456789"))
                                .setScale(8, java.math.RoundingMode.DOWN)
                                .toPlainString());
    }

    /** Every bar from the first to the clock's, the slow way. */
    private List<String> naive(List<Trade> all, long lengthMs, long offsetMs) {
        List<String> rows = new ArrayList<>();
        long first = openOf(START, lengthMs, offsetMs);
        String close = null;
        for (long open = first; open <= market.timeUs / 1_000; open += lengthMs) {
            long from = open;
            List<Trade> inside =
                    all.stream()
                            .filter(t -> openOf(t.timeUs() / 1_000, lengthMs, offsetMs) == from)
                            .sorted(Comparator.comparingLong(Trade::id))
                            .toList();
            rows.add(row(open, lengthMs, inside, close));
            close = inside.isEmpty() ? close : price(inside.get(inside.size() - 1));
        }
        return rows;
    }

    private static long openOf(long timeMs, long lengthMs, long offsetMs) {
        return Math.floorDiv(timeMs + offsetMs, lengthMs) * lengthMs - offsetMs;
    }

    private static String row(long open, long lengthMs, List<Trade> inside, String before) {
        Comparator<Trade> byPrice = Comparator.comparingLong(Trade::price);
        List<Trade> taken = inside.stream().filter(trade -> !trade.buyerIsMaker()).toList();
        boolean none = inside.isEmpty();
        return "[%d,\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%d,\"%s\",%d,\"%s\",\"%s\",\"0\"]"
                .formatted(
                        open,
                        none ? before : price(inside.get(0)),
                        none ? before : price(inside.stream().max(byPrice).orElseThrow()),
                        none ? before : price(inside.stream().min(byPrice).orElseThrow()),
                        none ? before : price(inside.get(inside.size() - 1)),
                        volume(inside),
                        open + lengthMs - 1,
                        quoteVolume(inside),
                        inside.stream().mapToLong(Trade::tradeCount).sum(),
                        volume(taken),
                        quoteVolume(taken));
    }

    private static String price(Trade trade) {
        return Decimal8.toBigDecimal(trade.price()).toPlainString();
    }

    private static String volume(List<Trade> trades) {
        return trades.stream()
                .map(trade -> Decimal8.toBigDecimal(trade.quantity()))
                .reduce(BigDecimal.ZERO.setScale(8), BigDecimal::add)
                .toPlainString();
    }

    private static String quoteVolume(List<Trade> trades) {
        return trades.stream()
                .map(
                        t ->
                                BigDecimal.valueOf(t.price(), 8)
                                        .multiply(Decimal8.toBigDecimal(t.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(8)
                .toPlainString();
    }

    private static List<String> between(List<String> rows, long startMs, long endMs) {
        return rows.stream().filter(row -> openMs(row) >= startMs && openMs(row) <= endMs).toList();
    }

    private static long openMs(String row) {
        return Long.parseLong(row.substring(1, row.indexOf(',')));
    }

    private static List<String> oldest(List<String> rows, int limit) {
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    private static List<String> newest(List<String> rows, int limit) {
        return rows.subList(Math.max(0, rows.size() - limit), rows.size());
    }

    private static List<String> rows(JsonNode array) {
        List<String> rows = new ArrayList<>();
        array.forEach(row -> rows.add(row.toString()));
        return rows;
    }

    private static Bar bar(
            long openMs, String open, String high, String low, String close, String volume, int n) {
        return new Bar(
                BTC,
                openMs,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                new BigDecimal(volume),
                new BigDecimal("100"),
                new BigDecimal("6"),
                new BigDecimal("50"),
                n,
                1,
                n,
                true,
                true,
                0);
    }
}
