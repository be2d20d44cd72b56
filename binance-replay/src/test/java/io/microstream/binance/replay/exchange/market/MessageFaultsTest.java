package io.microstream.binance.replay.exchange.market;

import static io.microstream.binance.replay.exchange.market.Exchange.at;
import static io.microstream.binance.replay.exchange.market.Exchange.range;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFaultsTest {

    private static final String STREAM = "/ws/btcusdt@aggTrade";

    private static List<Long> with(int index, List<Long> ids, long... inserted) {
        List<Long> all = new ArrayList<>(ids);
        for (int i = 0; i < inserted.length; i++) {
            all.add(index + i, inserted[i]);
        }
        return all;
    }

    @Test
    void skippedTradesAreLeftOut() {
        Fault fault = new Fault.Skip(5);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        List<Long> expected = new ArrayList<>(range(1, 50));
        expected.addAll(range(56, 100));
        assertThat(client.ids()).isEqualTo(expected);
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 55, 5, 0));
    }

    @Test
    void delayedTradesComeInABurst() {
        Fault fault = new Fault.Delay(Duration.ofMillis(200), 5);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        assertThat(client.ids()).isEqualTo(range(1, 100));
        assertThat(client.port.texts.get(50))
                .contains("\"E\":1767225600700,")
                .contains("\"T\":1767225600500,");
        assertThat(client.port.texts.get(69)).contains("\"E\":1767225600700,");
        assertThat(client.port.texts.get(70))
                .contains("\"E\":1767225600700,\"s\":\"BTCUSDT\",\"a\":71,");
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 70, 0, 0));
    }

    @Test
    void neighboursOfDifferentStreamsSwapPlacesInsideAStreamTheOrderStays() {
        Fault fault = new Fault.Reorder(20);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade", "ethusdt@aggTrade")),
                        List.of(
                                Market.listing("BTCUSDT", 100, 10_000),
                                Market.listing("ETHUSDT", 100, 10_000)),
                        at(50, fault));
        Exchange.Client client =
                exchange.connect("/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade");
        exchange.play();

        List<String> order =
                client.port.texts.stream().map(text -> text.substring(11, 14)).toList();
        assertThat(order.subList(48, 74))
                .isEqualTo(
                        List.of(
                                "btc", "eth", "eth", "btc", "eth", "btc", "eth", "btc", "eth",
                                "btc", "eth", "btc", "eth", "btc", "eth", "btc", "eth", "btc",
                                "eth", "btc", "eth", "btc", "btc", "eth", "btc", "eth"));
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            List<String> own =
                    client.port.texts.stream().filter(text -> text.contains(symbol)).toList();
            assertThat(Exchange.ids(own)).isEqualTo(range(1, 100));
        }
        assertThat(exchange.core.injected())
                .containsExactly(
                        new InjectedFault(50, fault, "BTCUSDT", 26, 35, 0, 0),
                        new InjectedFault(50, fault, "ETHUSDT", 26, 35, 0, 0));
    }

    @Test
    void messageIsRepeated() {
        Fault fault = new Fault.RepeatMessage(3);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        assertThat(client.ids()).isEqualTo(with(51, range(1, 100), 51, 51, 51));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 51, 0, 3));
    }

    @Test
    void tailOfWhatWasCarriedIsRepeated() {
        Fault fault = new Fault.RepeatTail(4);
        Exchange exchange = Exchange.btc(100, at(47, new Fault.Skip(2)), at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        List<Long> carried = new ArrayList<>(range(1, 100));
        carried.removeAll(List.of(48L, 49L));
        assertThat(client.ids()).isEqualTo(with(48, carried, 45, 46, 47, 50));
        assertThat(exchange.core.injected().get(1))
                .isEqualTo(new InjectedFault(50, fault, "BTCUSDT", 45, 50, 0, 4));
    }

    @ParameterizedTest
    @EnumSource(Fault.Garbling.class)
    void garbledMessageIsWhatItSaysAndOnlyThatOne(Fault.Garbling how) {
        Fault fault = new Fault.Garble(how);
        Exchange clean = Exchange.btc(100);
        Exchange.Client good = clean.connect(STREAM);
        clean.play();
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        boolean extra =
                how == Fault.Garbling.NOT_JSON
                        || how == Fault.Garbling.UNKNOWN_EVENT
                        || how == Fault.Garbling.HUGE;
        List<String> texts = new ArrayList<>(client.port.texts);
        String garbled = texts.remove(50);
        List<String> expected = new ArrayList<>(good.port.texts);
        String original = extra ? null : expected.remove(50);
        assertThat(texts).isEqualTo(expected);
        check(how, garbled, original);
        assertThat(client.port.pieces)
                .isEqualTo(how == Fault.Garbling.FRAGMENTED ? List.of(3) : List.of());
        assertThat(exchange.core.injected())
                .containsExactly(
                        new InjectedFault(
                                50, fault, "BTCUSDT", 51, 51, how.losesTrade() ? 1 : 0, 0));
    }

    private static void check(Fault.Garbling how, String garbled, String original) {
        switch (how) {
            case TRUNCATED ->
                    assertThat(original)
                            .startsWith(garbled)
                            .hasSizeGreaterThan(garbled.length() + 50);
            case CORRUPT -> assertThat(garbled).hasSameSizeAs(original).contains("\"a\"#");
            case NOT_JSON -> assertThat(garbled).startsWith("<html>");
            case UNKNOWN_EVENT -> assertThat(garbled).startsWith("{\"e\":\"novelty\",");
            case HUGE -> assertThat(garbled).hasSizeGreaterThan(1 << 20);
            case FRAGMENTED -> assertThat(garbled).isEqualTo(original);
            case UNKNOWN_FIELD ->
                    assertThat(garbled.replace(",\"x\":{\"y\":[1,\"2\",null]}", ""))
                            .isEqualTo(original);
            case NUMBER ->
                    assertThat(garbled.replaceAll("\"([pq])\":([0-9.]+)", "\"$1\":\"$2\""))
                            .isEqualTo(original)
                            .isNotEqualTo(garbled);
            case EXPONENT -> assertThat(garbled).contains("\"p\":\"2.97144000000E+3\"");
            case MISSING_FIELD -> assertThat(garbled).hasSizeLessThan(original.length());
            case NULL_FIELD -> assertThat(garbled).containsOnlyOnce(":null,");
        }
        boolean broken =
                how == Fault.Garbling.TRUNCATED
                        || how == Fault.Garbling.CORRUPT
                        || how == Fault.Garbling.NOT_JSON;
        assertThat(isJson(garbled)).isEqualTo(!broken);
    }

    private static boolean isJson(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                json.skipChildren();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void faultsOfOneSymbolTakeTurns() {
        Exchange exchange =
                Exchange.btc(
                        100,
                        at(50, new Fault.Skip(5)),
                        at(50, new Fault.RepeatMessage(1)),
                        at(52, new Fault.Skip(1)));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        assertThat(Collections.frequency(client.ids(), 56L)).isEqualTo(2);
        assertThat(client.ids()).doesNotContain(51L, 55L, 57L).hasSize(95);
        assertThat(exchange.core.injected())
                .extracting(InjectedFault::row)
                .containsExactly(50L, 55L, 56L);
    }
}
