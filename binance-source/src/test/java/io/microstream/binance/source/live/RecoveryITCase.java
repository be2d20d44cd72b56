package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.market.DataQuality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each trade once, whatever fails: the job, the exchange, or both; and over rescales. */
@Timeout(90)
class RecoveryITCase {

    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();
    private PlayedMarket market;

    @TempDir private Path folder;

    @AfterEach
    void close() {
        run.close();
        market.close();
    }

    /** Two of each kind somewhere. */
    private static List<PlannedFault> faults(int rows, SplittableRandom chance) {
        List<PlannedFault> planned = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            for (Fault fault :
                    List.of(
                            new Fault.Disconnect(Fault.Ending.RESET, 40),
                            new Fault.Disconnect(Fault.Ending.GOING_AWAY, 25),
                            new Fault.RepeatTail(30),
                            new Fault.Skip(7),
                            new Fault.Garble(Fault.Garbling.TRUNCATED))) {
                planned.add(new PlannedFault(chance.nextInt(rows), fault));
            }
        }
        planned.sort(java.util.Comparator.comparingLong(PlannedFault::row));
        return planned;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void jobAndExchangeFailAtSeededMomentsAndEachTradeIsThereOnce(long seed) throws Exception {
        SplittableRandom chance = new SplittableRandom(seed);
        market = PlayedMarket.of(3, 2_000);
        int[] moments = IntStream.range(0, 5).map(i -> 200 + chance.nextInt(500)).toArray();
        run.failAfter = failed -> failed < moments.length ? moments[failed] : 0;
        LoopbackExchange exchange =
                market.play(market.lockstep(), faults(market.rows(), chance), 0);

        LiveJob job = new LiveJob(run).parallelism(2).restarts(20).run(market.whole());

        assertThat(run.failures).hasValue(moments.length);
        assertThat(run.ends).isEqualTo(TradeStreamAudit.expected(market.golden()));
        assertThat(exchange.injected()).extracting(InjectedFault::withheld).anyMatch(n -> n > 0);
        assertThat(job.gauge("repaired")).isPositive();
    }

    @Test
    void stoppedWithASavepointAndRescaledItFetchesWhatItMissed() throws Exception {
        market = PlayedMarket.of(5, 900);
        LoopbackExchange exchange = market.play(PlayedMarket.unawaited(), List.of(), 0);
        exchange.holdAt(0);
        int[] readers = {1, 3, 2};
        int[] heldAt = {1_000, 2_200, 3_400};
        int[] startsAt = {0, 1_600, 2_800};
        String savepoint = null;
        for (int step = 0; step < readers.length; step++) {
            exchange.holdAt(startsAt[step]);
            market.awaitRow(startsAt[step]);
            LiveJob job = new LiveJob(run).parallelism(readers[step]);
            JobClient client =
                    (savepoint == null ? job : job.from(savepoint)).start(market.whole());
            awaitStreams(startsAt[step]);
            exchange.holdAt(heldAt[step]);
            run.trades.await(heldAt[step]);
            run.repaired.await(600L * step);
            savepoint = LiveJob.stop(client, folder);
        }
        exchange.holdAt(Long.MAX_VALUE);
        market.awaitRow(market.rows());
        new LiveJob(run).parallelism(1).from(savepoint).run(market.whole());

        assertThat(run.ends).isEqualTo(TradeStreamAudit.expected(market.golden()));
        assertThat(run.trades.value()).isEqualTo(market.rows());
        long missed = market.rows() - 3_400 + 600 + 600;
        assertThat(
                        run.faults(DataQuality.Kind.GAP).stream()
                                .filter(gap -> gap.detail().contains("while the job was down"))
                                .mapToLong(DataQuality::repaired)
                                .sum())
                .isBetween(missed, market.rows() - 1_000L);
        assertThat(run.faults()).extracting(DataQuality::missing).containsOnly(0L);
    }

    /**
     * Plays a few trades of each symbol, and again: the first may still be an answer to what the
     * job asks as it starts, the next to what it asks once it has subscribed, the last are
     * streamed. A repair is reported only when the stream has gone on behind it.
     */
    private void awaitStreams(int fromRow) throws InterruptedException {
        for (int ahead = 20; ahead <= 60; ahead += 20) {
            market.exchange().holdAt(fromRow + ahead);
            run.trades.await(fromRow + ahead);
        }
    }
}
