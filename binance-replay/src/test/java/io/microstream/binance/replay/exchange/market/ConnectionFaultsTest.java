package io.microstream.binance.replay.exchange.market;

import static io.microstream.binance.replay.exchange.market.Exchange.at;
import static io.microstream.binance.replay.exchange.market.Exchange.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionFaultsTest {

    private static final String STREAM = "/ws/btcusdt@aggTrade";

    @Test
    void withoutFaultsEveryTradeIsCarriedOnce() {
        Exchange exchange = Exchange.btc(3_000);

        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        assertThat(client.ids()).isEqualTo(range(1, 3_000));
        assertThat(exchange.core.ended()).isTrue();
        assertThat(exchange.core.row()).isEqualTo(3_000);
        assertThat(exchange.core.injected()).isEmpty();
    }

    @Test
    void lockstepWaitsForItsListenerAndForASlowOne() {
        Exchange exchange = Exchange.btc(3_000);

        exchange.play();
        assertThat(exchange.core.row()).isZero();

        Exchange.Client client = exchange.connect(STREAM);
        client.port.writable = false;
        exchange.play();
        assertThat(exchange.core.row()).isZero();

        client.port.writable = true;
        exchange.play();
        assertThat(exchange.core.row()).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource(Fault.Ending.class)
    void disconnectionComesAfterAllBeforeItWasReadAndTakesItsTrades(Fault.Ending ending) {
        Fault fault = new Fault.Disconnect(ending, 20);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client first = exchange.connect(STREAM);

        exchange.play();
        assertThat(first.port.end).isNull();
        assertThat(first.port.pings).hasSize(1);
        assertThat(exchange.core.row()).isEqualTo(50);

        exchange.play(first);
        String expected =
                switch (ending) {
                    case RESET -> "reset";
                    case ABRUPT -> "abrupt";
                    default -> ending.code() + " ";
                };
        assertThat(first.port.end).isEqualTo(expected);
        assertThat(first.ids()).isEqualTo(range(1, 50));
        assertThat(exchange.core.row()).isEqualTo(70);
        assertThat(exchange.rest("/api/v3/aggTrades", "symbol", "BTCUSDT", "fromId", "51"))
                .contains("\"a\":51,")
                .contains("\"a\":70,")
                .doesNotContain("\"a\":71,");

        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();
        assertThat(second.ids()).isEqualTo(range(71, 100));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 70, 20, 0));
    }

    @Test
    void disconnectionThatTakesNothingIsListedOnceWithAnEmptyRange() {
        Fault fault = new Fault.Disconnect(Fault.Ending.RESET, 0);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client first = exchange.connect(STREAM);
        exchange.play(first);

        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();

        assertThat(first.ids()).isEqualTo(range(1, 50));
        assertThat(second.ids()).isEqualTo(range(51, 100));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 50, 0, 0));
    }

    @Test
    void disconnectionTakesTradesOfAllSymbolsOfTheConnection() {
        Fault fault = new Fault.Disconnect(Fault.Ending.NORMAL, 10);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade", "ethusdt@aggTrade")),
                        List.of(
                                Market.listing("BTCUSDT", 50, 10_000),
                                Market.listing("ETHUSDT", 50, 10_000)),
                        at(20, fault));
        String path = "/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade";
        Exchange.Client first = exchange.connect(path);
        exchange.play(first);
        Exchange.Client second = exchange.connect(path);
        exchange.play();

        assertThat(exchange.core.ended()).isTrue();
        assertThat(second.port.texts).hasSize(70);
        assertThat(exchange.core.injected())
                .containsExactly(
                        new InjectedFault(20, fault, "BTCUSDT", 11, 15, 5, 0),
                        new InjectedFault(20, fault, "ETHUSDT", 11, 15, 5, 0));
    }

    @ParameterizedTest
    @EnumSource(Fault.Scope.class)
    void stallEndsWhenTheStreamIsAskedForAgain(Fault.Scope scope) {
        Fault fault = new Fault.Stall(scope, true, 20);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();
        assertThat(client.ids()).isEqualTo(range(1, 50));
        assertThat(exchange.core.row()).isEqualTo(70);

        exchange.pass(21);
        assertThat(client.port.pings).hasSize(1);

        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        exchange.play();
        assertThat(client.ids()).hasSize(80).endsWith(100L).doesNotContain(51L, 70L);
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 70, 20, 0));
    }

    @Test
    void inLockstepASilencedStreamResumesByItselfAfterAMinute() {
        Fault fault = new Fault.Stall(Fault.Scope.STREAM, true, 5);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();
        exchange.pass(59);
        assertThat(client.ids()).isEqualTo(range(1, 50));

        exchange.pass(2);
        exchange.play();

        assertThat(client.ids()).hasSize(95).endsWith(100L).doesNotContain(51L, 55L);
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 55, 5, 0));
    }

    @Test
    void stallWithoutPingsIsSilent() {
        Exchange exchange =
                Exchange.btc(100, at(50, new Fault.Stall(Fault.Scope.CONNECTION, false, 5)));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        exchange.pass(600);

        assertThat(client.port.pings).isEmpty();
        assertThat(client.port.end).isNull();
        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();
        assertThat(second.ids()).isEqualTo(range(56, 100));
    }

    @Test
    void streamsThatLostNothingInAStallGoOnByThemselves() {
        Fault fault = new Fault.Stall(Fault.Scope.CONNECTION, true, 3);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade", "ethusdt@aggTrade")),
                        List.of(
                                Market.listing("BTCUSDT", 100, 10_000),
                                Market.listing("ETHUSDT", 2, 990_000)),
                        at(50, fault));
        Exchange.Client client =
                exchange.connect("/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade");
        exchange.play();
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        exchange.play();

        assertThat(exchange.core.ended()).isTrue();
        assertThat(client.port.texts).anyMatch(text -> text.contains("\"s\":\"ETHUSDT\",\"a\":2,"));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 50, 52, 3, 0));
    }

    @Test
    void halfOpenConnectionReadsNothingSendsNothingAndIsGivenUpOnceReplaced() {
        Fault fault = new Fault.HalfOpen(10);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client first = exchange.connect(STREAM);
        exchange.play();
        exchange.pass(600);
        assertThat(first.port.reading).isFalse();
        assertThat(first.port.pings).isEmpty();
        assertThat(first.port.end).isNull();
        assertThat(first.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}")).isNull();

        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();

        assertThat(first.port.end).isEqualTo("reset");
        assertThat(first.ids()).isEqualTo(range(1, 50));
        assertThat(second.ids()).isEqualTo(range(61, 100));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 60, 10, 0));
    }

    @Test
    void acknowledgedTypeCarriesNothingWhateverTheClientDoes() {
        Fault fault = new Fault.AckWithoutData("aggTrade", 30);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);

        exchange.play();

        assertThat(client.ids()).hasSize(70).contains(50L, 81L).doesNotContain(51L, 80L);
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 80, 30, 0));
    }

    @Test
    void newConnectionBeginsWithTheTailAgain() {
        Fault fault = new Fault.RepeatTailAfterDisconnect(Fault.Ending.GOING_AWAY, 7);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client first = exchange.connect(STREAM);
        exchange.play(first);

        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();

        assertThat(first.port.end).isEqualTo("1001 ");
        assertThat(second.ids()).isEqualTo(range(44, 100));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 44, 50, 0, 7));
    }

    @Test
    void shutdownIsAnnouncedAndTheMarketWaitsForTheNewConnection() {
        Fault fault = new Fault.Shutdown(Duration.ofSeconds(10));
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client first = exchange.connect(STREAM);
        exchange.play();
        assertThat(first.port.texts.get(50))
                .isEqualTo("{\"e\":\"serverShutdown\",\"E\":1767225600490}");
        assertThat(exchange.core.row()).isEqualTo(50);

        Exchange.Client second = exchange.connect(STREAM);
        exchange.play();
        assertThat(second.ids()).isEqualTo(range(51, 100));
        assertThat(first.ids()).isEqualTo(range(1, 100));
        assertThat(first.port.end).isNull();

        exchange.pass(11);
        assertThat(first.port.end).isEqualTo("1001 Server shutdown");
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 51, 50, 0, 0));
    }

    @Test
    void pacedMarketDoesNotWaitAndCountsTradesWithoutSubscribers() {
        Fault fault = new Fault.Disconnect(Fault.Ending.RESET, 999);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.paced(1),
                        List.of(Market.listing("BTCUSDT", 1_000, 10_000)),
                        at(300, fault));
        Exchange.Client first = exchange.connect(STREAM);
        exchange.pass(4);
        assertThat(first.port.end).isEqualTo("reset");
        assertThat(first.ids()).isEqualTo(range(1, 300));

        Exchange.Client second = exchange.connect(STREAM);
        exchange.pass(10);

        assertThat(second.ids()).isEqualTo(range(402, 1_000));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(300, fault, "BTCUSDT", 301, 401, 101, 0));
    }

    @Test
    void otherConnectionsCarryOnWhileOneIsDown() {
        Fault fault = new Fault.Disconnect(Fault.Ending.ABRUPT, 10);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade", "ethusdt@aggTrade")),
                        List.of(
                                Market.listing("BTCUSDT", 50, 10_000),
                                Market.listing("ETHUSDT", 50, 10_000)),
                        at(20, fault));
        Exchange.Client btc = exchange.connect(STREAM);
        Exchange.Client eth = exchange.connect("/ws/ethusdt@aggTrade");
        exchange.play(btc);
        assertThat(eth.ids()).isEqualTo(range(1, 19));
        Exchange.Client again = exchange.connect(STREAM);
        exchange.play();

        assertThat(again.ids()).isEqualTo(range(21, 50));
        assertThat(eth.ids()).isEqualTo(range(1, 50));
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(20, fault, "BTCUSDT", 11, 20, 10, 0));
    }

    @Test
    void pacedStallLastsUntilTheStreamIsAskedForAgain() {
        Fault fault = new Fault.Stall(Fault.Scope.STREAM, true, 3);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.paced(1),
                        List.of(Market.listing("BTCUSDT", 1_000, 10_000)),
                        at(300, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.pass(4);
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        exchange.pass(10);

        assertThat(client.ids()).hasSize(899).contains(300L, 402L).doesNotContain(301L, 401L);
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(300, fault, "BTCUSDT", 301, 401, 101, 0));
    }
}
