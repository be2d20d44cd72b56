package io.microstream.binance.replay.exchange.market;

import static io.microstream.binance.replay.exchange.market.Exchange.at;
import static io.microstream.binance.replay.exchange.market.Exchange.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.rest.RestCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarketFaultsTest {

    private static final String STREAM = "/ws/btcusdt@aggTrade";

    @Test
    void clockIsOffAndDriftsTradeTimesAreNot() {
        Fault fault = new Fault.ClockOffset(Duration.ofSeconds(-5), 1_000);
        Exchange exchange = Exchange.btc(1_001, at(0, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        assertThat(client.port.texts.get(0))
                .contains("\"E\":1767225595000,")
                .contains("\"T\":1767225600000,");
        assertThat(client.port.texts.get(1_000))
                .contains("\"E\":1767225605010,")
                .contains("\"T\":1767225610000,");
        assertThat(exchange.rest("/api/v3/time")).isEqualTo("{\"serverTime\":1767225605010}");
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(0, fault, "BTCUSDT", 1, 0, 0, 0));
    }

    @Test
    void statusAndTickSizeShowInExchangeInfo() {
        Exchange exchange =
                Exchange.btc(
                        100,
                        at(50, new Fault.Status("BREAK")),
                        at(50, new Fault.TickSize(new BigDecimal("0.1"))));
        assertThat(exchange.rest("/api/v3/exchangeInfo"))
                .contains("\"status\":\"TRADING\"")
                .contains("\"tickSize\":\"0.01000000\"");
        exchange.connect(STREAM);
        exchange.play();
        assertThat(exchange.rest("/api/v3/exchangeInfo"))
                .contains("\"status\":\"BREAK\"")
                .contains("\"tickSize\":\"0.10000000\"");
    }

    @Test
    void idsRestartOnStreamsAndInRest() {
        Fault fault = new Fault.IdReset();
        Exchange exchange = Exchange.btc(100, at(50, fault));
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        List<Long> expected = new ArrayList<>(range(1, 50));
        expected.addAll(range(1, 50));
        assertThat(client.ids()).isEqualTo(expected);
        assertThat(client.port.texts.get(50)).contains("\"a\":1,").contains("\"f\":1,\"l\":1,");
        assertThat(exchange.rest("/api/v3/aggTrades", "symbol", "BTCUSDT", "limit", "1"))
                .startsWith("[{\"a\":50,");
        assertThat(exchange.core.injected())
                .containsExactly(new InjectedFault(50, fault, "BTCUSDT", 1, 0, 0, 0));
    }

    @Test
    void restTroubleIsArmedAtItsRow() {
        Fault fault = new Fault.Rest(Fault.RestTrouble.UNAVAILABLE, "time", 1, 0);
        Exchange exchange = Exchange.btc(100, at(50, fault));
        exchange.connect(STREAM);
        exchange.play();

        RestCall call = new RestCall("GET", "/api/v3/time", Map.of(), false, "127.0.0.1");
        assertThat(exchange.core.rest(call, exchange.now).status()).isEqualTo(503);
        assertThat(exchange.core.rest(call, exchange.now).status()).isEqualTo(200);
        assertThat(exchange.core.injected()).hasSize(1);
    }

    @Test
    void marketStartedFurtherOnHasHistoryAndKeepsWhatChangedIt() {
        Exchange exchange =
                Exchange.btc(
                        100,
                        at(20, new Fault.IdReset()),
                        at(30, new Fault.Skip(10)),
                        at(40, new Fault.Status("BREAK")),
                        at(70, new Fault.Skip(1)));
        exchange.core.skipTo(60);
        assertThat(exchange.core.row()).isEqualTo(60);
        Exchange.Client client = exchange.connect(STREAM);
        exchange.play();

        List<Long> expected = new ArrayList<>(range(41, 80));
        expected.remove(51L);
        assertThat(client.ids()).isEqualTo(expected);
        assertThat(exchange.core.pastTrades("BTCUSDT").size()).isEqualTo(80);
        assertThat(exchange.core.status("BTCUSDT")).isEqualTo("BREAK");
        assertThat(exchange.core.injected()).hasSize(1);
    }

    @Test
    void mistakesInTheSetUpAreSaidPlainly() {
        List<Listing> listings = List.of(Market.listing("BTCUSDT", 1, 1));
        assertThatThrownBy(
                        () ->
                                new Exchange(
                                        ExchangeConfig.lockstep(Set.of("ethusdt@aggTrade")),
                                        listings))
                .hasMessageContaining("stream=ethusdt@aggTrade");
        PlannedFault foreign = new PlannedFault(0, new Fault.Skip(1), "ETHUSDT");
        assertThatThrownBy(() -> new Exchange(ExchangeConfig.paced(1), listings, foreign))
                .hasMessageContaining("symbol=ETHUSDT");
        assertThatThrownBy(
                        () ->
                                new Exchange(
                                        ExchangeConfig.paced(1),
                                        List.of(listings.get(0), listings.get(0))))
                .hasMessageContaining("symbol=BTCUSDT");
    }
}
