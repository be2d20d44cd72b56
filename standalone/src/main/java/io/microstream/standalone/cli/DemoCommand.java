package io.microstream.standalone.cli;

import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.ExchangeCore;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.wire.StreamKind;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.FollowedSources;
import io.microstream.job.ends.RestKlineHistory;
import io.microstream.standalone.report.LiveInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.runtime.DemoMarket;
import io.microstream.standalone.runtime.LocalRun;
import io.microstream.standalone.runtime.MonitoringOptions;
import io.microstream.standalone.runtime.RestCaseTrades;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole system in one process on a simulated market. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the whole system in one process. An exchange on loopback plays a simulated market of two symbols"
                    + " over WebSocket and REST, one minute every second.",
            "Connections break and streams skip, repeat and stall, as real ones do, and the feed repairs the"
                    + " gaps.",
            "Ctrl-C stops it."
        })
final class DemoCommand implements Callable<Integer> {

    /** The most by which timeouts and renewals of connections are shortened. */
    private static final double MAX_TIME_FACTOR = 6;

    private static final long SEED = 1;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop after this time: 60s, 5m, 1h (default: run until Ctrl-C)")
    private String limit;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "Market seconds per second, 1 to 600 (default: ${DEFAULT-VALUE}, a minute per second)")
    private double speed;

    @Option(names = "--no-page", description = "Run without the page and its API")
    private boolean noPage;

    @Mixin private PageOptions page;

    @Mixin private ProvisionalOption provisional;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws Exception {
        Duration duration = Durations.limit(limit);
        check();
        System.out.println("simulating a market ...");
        DemoMarket market = DemoMarket.simulate();
        ExchangeConfig config = ExchangeConfig.paced(speed).withTimeFactor(timeFactor());
        try (LoopbackExchange exchange = LoopbackExchange.start(config, closed(config, market))) {
            System.out.println("exchange: " + exchange.streamUri() + " and " + exchange.restUri());
            try (LocalRun run = follow(exchange, market)) {
                System.out.println(
                        "playing %s of the market per second; the first faults come soon. Press Ctrl-C to stop"
                                .formatted(speed == 60 ? "a minute" : number(speed) + " seconds"));
                warnOfEarlierRows(run, market);
                ReplayReport report =
                        run.onTradesTaken(trades -> openAfter(trades, exchange))
                                .reporting(
                                        (input, counters, results, seconds, finished) ->
                                                ReplayReport.following(
                                                        input,
                                                        counters,
                                                        results,
                                                        seconds,
                                                        finished,
                                                        null,
                                                        exchange.row()))
                                .awaitEnd(duration, true);
                report.print(System.out);
                boolean asked = report.finished() || !duration.isZero();
                return asked && report.nothingLost() ? 0 : 1;
            }
        }
    }

    /**
     * Warns if the database holds final rows of an earlier run. They are not overwritten, so the
     * newest minute does not change until this run has passed them.
     */
    private static void warnOfEarlierRows(LocalRun run, DemoMarket market) throws SQLException {
        long bars = run.finalBars(market.openingMs(), market.endMs());
        if (bars > 0) {
            System.out.printf(
                    "warning: the database already holds %,d bars of an earlier run. The newest minute does not"
                            + " change until this run has passed them. Give another database with --jdbc%n",
                    bars);
        }
    }

    /** Returns an exchange that waits at its opening until the job has read the earlier trades. */
    private static ExchangeCore closed(ExchangeConfig config, DemoMarket market) {
        ExchangeCore core = new ExchangeCore(config, market.listings(), market.faults(), SEED);
        core.skipTo(market.startRow());
        core.holdAt(market.startRow());
        return core;
    }

    private static void openAfter(long trades, LoopbackExchange exchange) {
        if (trades > 0) {
            exchange.holdAt(Long.MAX_VALUE);
        }
    }

    private LocalRun follow(LoopbackExchange exchange, DemoMarket market) throws Exception {
        LiveConfig client =
                LiveConfig.at(exchange.streamUri(), exchange.restUri(), StreamKind.AGG_TRADE)
                        .faster(timeFactor());
        BinanceSource source =
                BinanceSource.builder()
                        .live(client)
                        .symbols(market.lastIds().keySet(), FeedStart.atTimeMs(market.startMs()))
                        .until(market.lastIds())
                        .build();
        return LocalRun.start(
                new LiveInput(market.lastIds().keySet(), exchange.streamUri(), market.startMs()),
                models ->
                        new FollowedSources(
                                source,
                                1,
                                models,
                                new RestKlineHistory(RestConfig.command(exchange.restUri()))),
                provisional.at(
                        speed,
                        PipelineConfig.bounded(options.parallelism())
                                .withCheckpointInterval(Duration.ofSeconds(2))),
                options.settings(),
                new MonitoringOptions(
                        noPage ? null : page.settings(),
                        new RestCaseTrades(exchange.restUri()),
                        false,
                        true));
    }

    private void check() {
        options.check();
        if (!(speed >= 1 && speed <= 600)) {
            throw new BadUsage("Invalid speed: speed=" + number(speed) + ". Give 1 to 600");
        }
        provisional.at(speed);
        if (noPage) {
            page.refuse("--no-page was given. Drop it");
        } else {
            page.check();
        }
    }

    private double timeFactor() {
        return Math.max(1, Math.min(MAX_TIME_FACTOR, speed / 10));
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
