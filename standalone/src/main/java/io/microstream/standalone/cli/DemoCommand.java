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

/** The whole system in one process on a synthesized market. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The whole system in one process: an exchange on loopback plays a simulated market of two symbols,",
            "a minute of it every second, over WebSocket and REST. Connections end, streams skip, repeat and fall",
            "silent, as real ones do, and the feed repairs what it can.",
            "Ctrl-C stops it."
        })
final class DemoCommand implements Callable<Integer> {

    /** How much faster than in real life connections are watched and renewed, at most. */
    private static final double HASTE = 6;

    private static final long SEED = 1;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop by itself after so long: 60s, 5m, 1h")
    private String limit;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "Market seconds a second, 1 to 600 (default: ${DEFAULT-VALUE}, a minute a second)")
    private double speed;

    @Option(names = "--no-page", description = "Without the page and its API")
    private boolean noPage;

    @Mixin private PageOptions page;

    @Mixin private ProvisionalOption provisional;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws Exception {
        Duration duration = Durations.limit(limit);
        check();
        System.out.println("a simulated market is being made ...");
        DemoMarket market = DemoMarket.make();
        ExchangeConfig config = ExchangeConfig.paced(speed).withTimeFactor(haste());
        try (LoopbackExchange exchange = LoopbackExchange.start(config, closed(config, market))) {
            System.out.println("exchange: " + exchange.streamUri() + " and " + exchange.restUri());
            try (LocalRun run = follow(exchange, market)) {
                System.out.println(
                        (speed == 60 ? "a minute" : "%s seconds".formatted(number(speed)))
                                + " of the market a second; its first faults come soon. Ctrl-C stops");
                sayIfShownBefore(run, market);
                ReplayReport report =
                        run.telling(trades -> openAfter(trades, exchange))
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
                                .toTheEnd(duration, true);
                report.print(System.out);
                boolean asked = report.finished() || !duration.isZero();
                return asked && report.nothingLost() ? 0 : 1;
            }
        }
    }

    /**
     * Final rows of another run are not written over, so until they end nothing is seen to move.
     */
    private static void sayIfShownBefore(LocalRun run, DemoMarket market) throws SQLException {
        long bars = run.finalBars(market.openingMs(), market.endMs());
        if (bars > 0) {
            System.out.printf(
                    "shown before: the database holds %,d bars from after the opening; the newest minute stands"
                            + " still until the run has passed them. Give another database by --jdbc%n",
                    bars);
        }
    }

    /** An exchange that waits at its opening until the job has seen what was before. */
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
                        .faster(haste());
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
                        true));
    }

    private void check() {
        options.check();
        if (!(speed >= 1 && speed <= 600)) {
            throw new BadUsage("Not a speed: speed=" + number(speed) + ". Give 1 to 600");
        }
        provisional.at(speed);
        if (noPage) {
            page.refuse("--no-page was given");
        } else {
            page.check();
        }
    }

    private double haste() {
        return Math.max(1, Math.min(HASTE, speed / 10));
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
