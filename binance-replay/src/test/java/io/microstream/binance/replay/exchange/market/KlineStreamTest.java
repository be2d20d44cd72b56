package io.microstream.binance.replay.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KlineStreamTest {

    private static final long MINUTE_US = 60_000_000;
    private static final int TRADES = 2_000;
    private static final long STEP_US = 170_000;

    private static List<String> texts(ExchangeConfig config, String path, boolean closed) {
        Exchange exchange =
                new Exchange(
                        config,
                        List.of(
                                Market.listing("BTCUSDT", TRADES, STEP_US)
                                        .withPeriodEnd(Market.START_US + 6 * MINUTE_US)));
        Exchange.Client client = exchange.connect(path);
        for (int i = 0; i < 20; i++) {
            exchange.pass(20);
            client.pong();
        }
        assertThat(exchange.core.ended()).isTrue();
        return client.port.texts.stream().filter(text -> text.contains("\"x\":" + closed)).toList();
    }

    /** A naive twin: sums with BigDecimal over all trades of the minute. */
    private static String expected(long minute) {
        long openUs = Market.START_US + minute * MINUTE_US;
        List<Trade> trades =
                Market.trades("BTCUSDT", TRADES, STEP_US).stream()
                        .filter(t -> t.timeUs() >= openUs && t.timeUs() < openUs + MINUTE_US)
                        .toList();
        List<Trade> taken = trades.stream().filter(t -> !t.buyerIsMaker()).toList();
        long count = trades.stream().mapToLong(Trade::tradeCount).sum();
        return "{\"e\":\"kline\",\"E\":"
                + (openUs + MINUTE_US) / 1_000
                + ",\"s\":\"BTCUSDT\",\"k\":{\"t\":"
                + openUs / 1_000
                + ",\"T\":"
                + (openUs / 1_000 + 59_999)
                + ",\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":"
                + trades.get(0).firstTradeId()
                + ",\"L\":"
                + trades.get(trades.size() - 1).lastTradeId()
                + ",\"o\":"
                + price(trades.get(0).price())
                + ",\"c\":"
                + price(trades.get(trades.size() - 1).price())
                + ",\"h\":"
                + price(trades.stream().mapToLong(Trade::price).max().orElseThrow())
                + ",\"l\":"
                + price(trades.stream().mapToLong(Trade::price).min().orElseThrow())
                + ",\"v\":"
                + price(trades.stream().mapToLong(Trade::quantity).sum())
                + ",\"n\":"
                + count
                + ",\"x\":true,\"q\":"
                + quote(trades)
                + ",\"V\":"
                + price(taken.stream().mapToLong(Trade::quantity).sum())
                + ",\"Q\":"
                + quote(taken)
                + ",\"B\":\"0\"}}";
    }

    private static String price(long units) {
        return "\"" + BigDecimal.valueOf(units, 8) + "\"";
    }

    private static String quote(List<Trade> trades) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Trade t : trades) {
            sum =
                    sum.add(
                            BigDecimal.valueOf(t.price(), 8)
                                    .multiply(BigDecimal.valueOf(t.quantity(), 8)));
        }
        return "\"" + sum.setScale(8, RoundingMode.DOWN) + "\"";
    }

    @Test
    void closedKlinesEqualTheAggregationOfTheTradesInEitherDrive() {
        List<String> expected = new ArrayList<>();
        for (long minute = 0; minute < 6; minute++) {
            expected.add(expected(minute));
        }
        assertThat(
                        texts(
                                ExchangeConfig.lockstep(Set.of("btcusdt@kline_1m")),
                                "/ws/btcusdt@kline_1m",
                                true))
                .isEqualTo(expected);
        assertThat(texts(ExchangeConfig.paced(1), "/ws/btcusdt@kline_1m", true))
                .isEqualTo(expected);
    }

    @Test
    void runningKlineComesEveryTwoSecondsWhileItChanges() {
        List<String> running = texts(ExchangeConfig.paced(1), "/ws/btcusdt@kline_1m", false);

        assertThat(running).hasSize(29 * 5 + 20);
        assertThat(running.get(0)).contains("\"E\":1767225602000,").contains("\"n\":24,");
        assertThat(running)
                .isEqualTo(
                        texts(
                                ExchangeConfig.lockstep(Set.of("btcusdt@kline_1m")),
                                "/ws/btcusdt@kline_1m",
                                false));
    }

    @Test
    void klineInMicrosecondsEndsWithItsLastMicrosecond() {
        String first =
                texts(ExchangeConfig.paced(1), "/ws/btcusdt@kline_1m?timeUnit=MICROSECOND", true)
                        .get(0);

        assertThat(first)
                .startsWith("{\"e\":\"kline\",\"E\":1767225660000000,")
                .contains("\"t\":1767225600000000,\"T\":1767225659999999,");
    }

    @Test
    void klinesOfRestAreTheSame() {
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of("btcusdt@kline_1m")),
                        List.of(
                                Market.listing("BTCUSDT", TRADES, STEP_US)
                                        .withPeriodEnd(Market.START_US + 6 * MINUTE_US)));
        Exchange.Client client = exchange.connect("/ws/btcusdt@kline_1m");
        exchange.play();

        String rest = exchange.rest("/api/v3/klines", "symbol", "BTCUSDT", "interval", "1m");
        String rows =
                client.port.texts.stream()
                        .filter(text -> text.contains("\"x\":true"))
                        .map(KlineStreamTest::asRow)
                        .collect(Collectors.joining(","));
        assertThat(rest).startsWith("[" + rows);
    }

    private static String asRow(String kline) {
        return kline.replaceAll(
                ".*\"t\":(\\d+),\"T\":(\\d+),.*\"o\":(\"[^\"]*\"),\"c\":(\"[^\"]*\"),\"h\":(\"[^\"]*\"),"
                        + "\"l\":(\"[^\"]*\"),\"v\":(\"[^\"]*\"),\"n\":(\\d+),.*\"q\":(\"[^\"]*\"),"
                        + "\"V\":(\"[^\"]*\"),\"Q\":(\"[^\"]*\"),.*",
                "[$1,$3,$5,$6,$4,$7,$2,$9,$8,$10,$11,\"0\"]");
    }
}
