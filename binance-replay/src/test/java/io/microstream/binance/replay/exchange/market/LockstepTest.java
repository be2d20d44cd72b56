package io.microstream.binance.replay.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockstepTest {

    private static final int TRADES = 30_000;
    private static final List<String> STREAMS = List.of("btcusdt@aggTrade", "ethusdt@aggTrade");
    private static final FaultScript EVERYTHING =
            FaultScript.parse(
                    """
                    - {fault: disconnect, count: 6, lost: 0..100}
                    - {fault: stall, count: 6, scope: [stream, stream_type, connection], pings: [true, false], lost: 0..50}
                    - {fault: ack-without-data, count: 2}
                    - {fault: half-open, count: 3, lost: 0..50}
                    - {fault: delay, count: 3}
                    - {fault: reorder, count: 3}
                    - {fault: repeat-message, count: 3}
                    - {fault: repeat-tail, count: 3}
                    - {fault: repeat-tail-after-disconnect, count: 3}
                    - {fault: skip, count: 3}
                    - {fault: garble, count: 11}
                    - {fault: shutdown, count: 3, lead: 0s..10s}
                    """,
                    "everything");

    private record Run(List<String> texts, List<InjectedFault> injected, HealingClient client) {}

    private static Run run(FaultScript script, long seed) {
        List<PlannedFault> plan = script.plan(seed, 2 * TRADES, 2);
        Exchange exchange =
                new Exchange(
                        ExchangeConfig.lockstep(Set.copyOf(STREAMS)),
                        List.of(
                                Market.listing("BTCUSDT", TRADES, 10_000),
                                Market.listing("ETHUSDT", TRADES, 10_000)),
                        plan.toArray(PlannedFault[]::new));
        HealingClient client = new HealingClient(exchange, STREAMS);
        return new Run(client.read(), exchange.core.injected(), client);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatFaultsWithheldAndRepeatedIsExactlyWhatIsMissingAndDouble(long seed) {
        Run run = run(FaultScript.DEFAULT, seed);

        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            List<Long> ids =
                    Exchange.ids(run.texts.stream().filter(t -> t.contains(symbol)).toList());
            long distinct = ids.stream().distinct().count();
            List<InjectedFault> own =
                    run.injected.stream().filter(f -> f.symbol().equals(symbol)).toList();
            assertThat(TRADES - distinct)
                    .isEqualTo(own.stream().mapToLong(InjectedFault::withheld).sum())
                    .isPositive();
            assertThat(ids.size() - distinct)
                    .isEqualTo(own.stream().mapToLong(InjectedFault::repeated).sum())
                    .isPositive();
        }
        assertThat(run.injected.stream().map(InjectedFault::row).distinct()).hasSize(50);
    }

    @Test
    void twoRunsOfOneSeedAreEqualByteForByte() {
        Run first = run(EVERYTHING, 11);
        Run second = run(EVERYTHING, 11);

        assertThat(first.texts).hasSizeGreaterThan(TRADES).isEqualTo(second.texts);
        assertThat(first.injected).isEqualTo(second.injected);
        assertThat(first.injected.stream().map(InjectedFault::row).distinct())
                .hasSize(EVERYTHING.faults());
        assertThat(first.client.connects()).isGreaterThan(9);
        assertThat(first.client.subscribes()).isPositive();
    }
}
