package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.transport.rest.VirtualExchange.Reply;
import io.microstream.binance.wire.Bodies;
import io.microstream.binance.wire.ExchangeInfo;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolCheckTest {

    private final VirtualExchange exchange = new VirtualExchange();
    private final BinanceRest rest = exchange.client(RestConfig.feed(URI.create("https://x.test")));

    private List<String> queries() {
        return exchange.requests.stream().map(r -> r.uri().getRawQuery()).toList();
    }

    @Test
    void asksForTheSymbolsByNameAndTakesOverTheLimit() {
        exchange.script = uri -> Reply.ok(Bodies.exchangeInfo("BTCUSDT", "ETHUSDT"));
        ExchangeInfo info =
                exchange.run(rest.exchangeInfo(List.of("ETHUSDT", "BTCUSDT"), Priority.START))
                        .join();
        assertThat(info.symbols()).containsOnlyKeys("BTCUSDT", "ETHUSDT");
        assertThat(queries()).containsExactly("symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D");
        assertThat(exchange.budget.limit()).isEqualTo(1_200);
        assertThat(rest.usedWeight()).isEqualTo(20);
    }

    @Test
    void namesTheSymbolsThatTheExchangeDoesNotKnow() {
        exchange.script =
                uri ->
                        uri.getRawQuery().startsWith("symbols=")
                                ? Reply.of(400, Bodies.error(-1121, "Invalid symbol."))
                                : Reply.ok(Bodies.exchangeInfo("BTCUSDT", "ETHUSDT"));
        RestException failure =
                exchange.failure(
                        rest.exchangeInfo(List.of("BTCUSDT", "BTCUSD", "btc"), Priority.START));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_SYMBOL);
        assertThat(failure)
                .hasMessage(
                        "The exchange does not know: symbols=[BTCUSD, btc] host=x.test. Check the spelling,"
                                + " upper case without a slash: BTCUSDT");
    }

    @Test
    void refusesAnAnswerThatLacksASymbol() {
        exchange.script = uri -> Reply.ok(Bodies.exchangeInfo("BTCUSDT"));
        RestException failure =
                exchange.failure(rest.exchangeInfo(List.of("BTCUSDT", "ETHUSDT"), Priority.START));
        assertThat(failure).hasMessageContaining("symbols=[ETHUSDT]");
    }

    @Test
    void asksForAllWhereTheNamesWouldNotFitAUrl() {
        List<String> names = IntStream.range(0, 101).mapToObj(i -> "S" + i + "USDT").toList();
        String[] all =
                IntStream.range(0, 300).mapToObj(i -> "S" + i + "USDT").toArray(String[]::new);
        exchange.script = uri -> Reply.ok(Bodies.exchangeInfo(all));
        ExchangeInfo info = exchange.run(rest.exchangeInfo(names, Priority.START)).join();
        assertThat(info.symbols().keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(exchange.run(rest.exchangeInfo(List.of(), Priority.START)).join().symbols())
                .hasSize(300);
        assertThat(queries()).containsOnly("showPermissionSets=false");
    }
}
