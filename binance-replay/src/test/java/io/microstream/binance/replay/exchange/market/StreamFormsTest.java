package io.microstream.binance.replay.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StreamFormsTest {

    private static final long TIME_US = 1_767_225_600_411_999L;
    private static final Trade TRADE =
            new Trade(
                    "ETHUSDT",
                    1_502_250_001L,
                    297_142_000_000L,
                    51_230_000L,
                    2_954_000_100L,
                    2_954_000_103L,
                    TIME_US,
                    false);

    private static List<String> played(String path, Trade... trades) {
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of()),
                        List.of(Listing.of("ETHUSDT", List.of(trades).iterator())));
        Exchange.Client client = exchange.connect(path);
        exchange.play();
        return client.port.texts;
    }

    @Test
    void aggregateTradeHasTheDocumentedKeysInOrder() {
        assertThat(played("/ws/ethusdt@aggTrade", TRADE))
                .containsExactly(
                        "{\"e\":\"aggTrade\",\"E\":1767225600411,\"s\":\"ETHUSDT\",\"a\":1502250001,"
                                + "\"p\":\"2971.42000000\",\"q\":\"0.51230000\",\"f\":2954000100,"
                                + "\"l\":2954000103,\"T\":1767225600411,\"m\":false,\"M\":true}");
    }

    @Test
    void timesComeInMicrosecondsWhenAskedFor() {
        assertThat(played("/stream?streams=ethusdt@aggTrade&timeUnit=MICROSECOND", TRADE))
                .containsExactly(
                        "{\"stream\":\"ethusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1767225600411999,"
                                + "\"s\":\"ETHUSDT\",\"a\":1502250001,\"p\":\"2971.42000000\","
                                + "\"q\":\"0.51230000\",\"f\":2954000100,\"l\":2954000103,"
                                + "\"T\":1767225600411999,\"m\":false,\"M\":true}}");
    }

    @Test
    void extremesArePrintedExactly() {
        Trade trade = new Trade("ETHUSDT", 1, 1, Long.MAX_VALUE, 5, 5, TIME_US, true);
        assertThat(played("/ws/ethusdt@aggTrade", trade).get(0))
                .contains("\"p\":\"0.00000001\",\"q\":\"92233720368.54775807\"")
                .endsWith("\"m\":true,\"M\":true}");
    }

    @Test
    void singleTradesSumToTheAggregateAndEqualRest() {
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of()),
                        List.of(Listing.of("ETHUSDT", List.of(TRADE).iterator())));
        Exchange.Client client = exchange.connect("/ws/ethusdt@trade");
        exchange.play();

        Pattern form =
                Pattern.compile(
                        "\\{\"e\":\"trade\",\"E\":1767225600411,\"s\":\"ETHUSDT\",\"t\":(\\d+),"
                                + "\"p\":\"2971.42000000\",\"q\":\"([0-9.]+)\",\"T\":1767225600411,"
                                + "\"m\":false,\"M\":true}");
        String rest = exchange.rest("/api/v3/trades", "symbol", "ETHUSDT");
        BigDecimal sum = BigDecimal.ZERO;
        long id = TRADE.firstTradeId();
        for (String text : client.port.texts) {
            Matcher single = form.matcher(text);
            assertThat(single.matches()).as(text).isTrue();
            assertThat(Long.parseLong(single.group(1))).isEqualTo(id++);
            assertThat(rest)
                    .contains(
                            "\"id\":"
                                    + single.group(1)
                                    + ",\"price\":\"2971.42000000\",\"qty\":\""
                                    + single.group(2)
                                    + "\"");
            sum = sum.add(new BigDecimal(single.group(2)));
        }
        assertThat(id).isEqualTo(TRADE.lastTradeId() + 1);
        assertThat(sum).isEqualTo(Decimal8.toBigDecimal(TRADE.quantity()));
    }

    @Test
    void clockStandsWithTheNewestTradeAndJumpsPastThePeriodsEnd() {
        Listing listing = Listing.of("ETHUSDT", List.of(TRADE).iterator());
        Exchange open = new Exchange(ExchangeConfig.lockstep(Set.of()), List.of(listing));
        open.pass(100);
        assertThat(open.core.timeUs()).isEqualTo(TIME_US);

        Exchange closed =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of()),
                        List.of(
                                Listing.of("ETHUSDT", List.of(TRADE).iterator())
                                        .withPeriodEnd(Market.START_US + 86_400_000_000L)));
        closed.play();
        assertThat(closed.rest("/api/v3/time"))
                .isEqualTo("{\"serverTime\":" + (Market.START_US / 1_000 + 86_460_000L) + "}");
    }
}
