package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.trades.FeedStart;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be repaired is reported and marked; what only came too fast is not lost. */
@Timeout(60)
class LossesITCase {

    private static final String SYMBOL = "BTCUSDT";

    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();
    private PlayedMarket market;

    @TempDir private Path folder;

    @AfterEach
    void close() {
        run.close();
        market.close();
    }

    /** For which the market goes on when the source has let go. */
    private static WebSocket otherListener(LoopbackExchange exchange) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        exchange.streamUri().resolve("/ws/btcusdt@aggTrade"),
                        new WebSocket.Listener() {})
                .join();
    }

    @Test
    void idsThatTheExchangeDoesNotHaveAreAGapAndTheNextTradeSaysHowMany() throws Exception {
        List<Trade> made = new ArrayList<>(PlayedMarket.tradesOf(SYMBOL, 5_001, 1_500));
        made.subList(600, 637).clear();
        market = PlayedMarket.of(made);
        LoopbackExchange exchange = market.play(market.lockstep(), List.of(), 0);
        exchange.holdAt(300);
        JobClient job = new LiveJob(run).start(market.whole());
        run.trades.await(300);
        exchange.holdAt(Long.MAX_VALUE);
        LiveJob.await(job);

        List<Trade> expected = new ArrayList<>(made);
        expected.set(600, made.get(600).afterGapOf(37));
        assertThat(run.trades(SYMBOL)).isEqualTo(expected);
        assertThat(run.faults(DataQuality.Kind.GAP))
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.firstId()).isEqualTo(5_601);
                            assertThat(gap.lastId()).isEqualTo(5_637);
                            assertThat(gap.missing()).isEqualTo(37);
                            assertThat(gap.repaired()).isZero();
                        });
    }

    @Test
    void downForLongerThanTheExchangeRemembersTheLossIsReported() throws Exception {
        market = PlayedMarket.of(1, 3_000);
        ExchangeConfig forgetful = PlayedMarket.unawaited().withRetainedTrades(400);
        LoopbackExchange exchange = market.play(forgetful, List.of(), 0);
        exchange.holdAt(100);
        JobClient job = new LiveJob(run).start(market.whole());
        run.trades.await(100);
        exchange.holdAt(400);
        run.trades.await(400);
        String savepoint = LiveJob.stop(job, folder);
        exchange.holdAt(Long.MAX_VALUE);
        market.awaitRow(3_000);

        new LiveJob(run).from(savepoint).run(market.whole());

        List<Trade> trades = run.trades(SYMBOL);
        List<Trade> made = market.tradesOf(SYMBOL);
        Trade afterLoss = trades.get(400);
        long lost = afterLoss.id() - made.get(400).id();
        assertThat(lost).isBetween(1L, 3_000L - 400 - 400);
        assertThat(afterLoss.missingBefore()).isEqualTo(lost);
        assertThat(trades.subList(401, trades.size()))
                .isEqualTo(made.subList(401 + (int) lost, made.size()));
        assertThat(run.faults(DataQuality.Kind.GAP).stream().mapToLong(DataQuality::missing).sum())
                .isEqualTo(lost);
    }

    @Test
    void idsThatRestartAreReportedAndTheFeedGoesOn() throws Exception {
        List<Trade> made = PlayedMarket.tradesOf(SYMBOL, 1, 2_000);
        market = PlayedMarket.of(made);
        int reset = 600;
        long lastId = 2_000 - reset;
        LoopbackExchange exchange =
                market.play(
                        market.lockstep(),
                        List.of(new PlannedFault(reset, new Fault.IdReset())),
                        0);
        exchange.holdAt(reset);
        JobClient job =
                new LiveJob(run)
                        .start(
                                BinanceSource.builder()
                                        .live(market.client())
                                        .startFrom(SYMBOL, FeedStart.atId(1))
                                        .until(Map.of(SYMBOL, lastId))
                                        .build());
        run.trades.await(reset);
        exchange.holdAt(reset + 200);
        run.trades.await(reset + 200);
        exchange.holdAt(Long.MAX_VALUE);
        LiveJob.await(job);

        List<Trade> trades = run.trades(SYMBOL);
        assertThat(trades).hasSize(2_000);
        assertThat(trades.subList(0, reset)).isEqualTo(made.subList(0, reset));
        assertThat(trades.get(reset).id()).isEqualTo(1);
        assertThat(trades.get(reset).missingBefore()).isEqualTo(Trade.UNKNOWN);
        assertThat(trades.subList(reset, 2_000))
                .extracting(Trade::timeUs)
                .isEqualTo(made.subList(reset, 2_000).stream().map(Trade::timeUs).toList());
        assertThat(trades.subList(reset + 1, 2_000))
                .allSatisfy(trade -> assertThat(trade.missingBefore()).isZero());
        assertThat(run.faults())
                .extracting(DataQuality::kind)
                .containsExactly(DataQuality.Kind.ID_RESET);
    }

    @Test
    void downstreamBlockedTheConnectionIsGivenUpAndNothingIsLost() throws Exception {
        market = PlayedMarket.of(1, 60_000);
        run.gate = new CountDownLatch(1);
        LoopbackExchange exchange = market.play(market.lockstep(), List.of(), 0);
        exchange.holdAt(10);
        LiveJob job = new LiveJob(run);
        JobClient client = job.start(market.whole(market.client().withInbox(1 << 20)));
        market.awaitRow(10);
        run.atGate.await(1);
        WebSocket other = otherListener(exchange);
        exchange.holdAt(Long.MAX_VALUE);
        market.awaitRow(60_000);
        assertThat(run.trades.value()).as("blocked").isZero();
        other.abort();
        run.gate.countDown();
        LiveJob.await(client);

        assertThat(run.trades(SYMBOL)).isEqualTo(market.tradesOf(SYMBOL));
        assertThat(job.gauge("overflows")).isPositive();
        assertThat(run.faults(DataQuality.Kind.DISCONNECT))
                .anySatisfy(end -> assertThat(end.detail()).contains("given up"));
        assertThat(run.faults(DataQuality.Kind.GAP).stream().mapToLong(DataQuality::repaired).sum())
                .as("four batches of 8,192 and an inbox of 1 MiB hold no more than 40,000")
                .isGreaterThanOrEqualTo(20_000);
    }
}
