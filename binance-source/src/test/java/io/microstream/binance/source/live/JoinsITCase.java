package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files, REST and stream in one split; many symbols over many connections and readers. */
@Timeout(60)
class JoinsITCase {

    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();
    private PlayedMarket market;

    @TempDir private Path folder;

    @AfterEach
    void close() {
        run.close();
        market.close();
    }

    /** Writes the first third of each symbol's trades as a dump. */
    private void writeFirstThirds() throws IOException {
        for (String symbol : market.symbols()) {
            List<Trade> trades = market.tradesOf(symbol);
            List<String> rows =
                    trades.subList(0, trades.size() / 3).stream().map(JoinsITCase::row).toList();
            Files.write(folder.resolve(symbol + "-aggTrades-2026-01-01.csv"), rows);
        }
    }

    private static String row(Trade trade) {
        return "%d,%s,%s,%d,%d,%d,%s,True"
                .formatted(
                        trade.id(),
                        decimal(trade.price()),
                        decimal(trade.quantity()),
                        trade.firstTradeId(),
                        trade.lastTradeId(),
                        trade.timeUs(),
                        trade.buyerIsMaker() ? "True" : "False");
    }

    private static String decimal(long units) {
        return java.math.BigDecimal.valueOf(units, 8).toPlainString();
    }

    private BinanceSource joined() {
        return BinanceSource.builder()
                .archive(ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(folder), Set.of()))
                .live(market.client())
                .until(market.lastIds())
                .build();
    }

    @Test
    void filesThenRestThenStreamGiveEachTradeOnceAndNoFault() throws Exception {
        market = PlayedMarket.of(2, 3_000);
        writeFirstThirds();
        market.play(market.lockstep(), List.of(), 4_000);

        LiveJob job = new LiveJob(run).run(joined());

        for (String symbol : market.symbols()) {
            assertThat(run.trades(symbol)).isEqualTo(market.tradesOf(symbol));
        }
        assertThat(run.faults()).isEmpty();
        assertThat(job.gauge("repaired")).isZero();
        assertThat(job.gauge("trades")).isEqualTo(4_000);
    }

    @Test
    void failuresWhileFilesAreReadLeaveNoTrace() throws Exception {
        market = PlayedMarket.of(2, 3_000);
        writeFirstThirds();
        market.play(market.lockstep(), List.of(), 4_000);
        run.failAfter = failed -> failed < 4 ? 150 + 400 * failed : 0;

        new LiveJob(run).restarts(10).run(joined());

        assertThat(run.failures).hasValue(4);
        assertThat(run.ends).isEqualTo(TradeStreamAudit.expected(market.golden()));
        assertThat(run.faults())
                .as("what no stream has carried yet is history, not a loss")
                .allSatisfy(fault -> assertThat(fault.detail()).contains("while the job was down"));
    }

    @Test
    void fiveSymbolsOverThreeConnectionsOfTwoReaders() throws Exception {
        market = PlayedMarket.of(5, 1_000);
        market.play(market.lockstep(), List.of(), 0);
        LiveConfig client = market.client();
        FeedConfig small = client.feed().sized(2, 50_000);
        LiveConfig sized =
                new LiveConfig(small, client.rest(), client.inboxBytes(), client.timeFactor(), 3);

        LiveJob job = new LiveJob(run).parallelism(2).run(market.whole(sized));

        for (String symbol : market.symbols()) {
            assertThat(run.trades(symbol)).isEqualTo(market.tradesOf(symbol));
        }
        assertThat(run.faults(DataQuality.Kind.GAP)).isEmpty();
        assertThat(job.gauge("connects")).as("3 = 2 + 1 and 2").isEqualTo(3);
        assertThat(job.gauge("trades")).isEqualTo(5_000);
        assertThat(job.gauges("lastId")).isEqualTo(5);
        assertThat(job.gauges("silenceMs")).isEqualTo(5);
    }
}
