package io.microstream.standalone;

import io.microstream.binance.feed.FeedStart;
import io.microstream.binance.replay.exchange.ExchangeConfig;
import io.microstream.binance.replay.exchange.LoopbackExchange;
import io.microstream.binance.rest.RestConfig;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.job.JobConfig;
import io.microstream.job.features.RestKlineHistory;
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

    private static final double SPEED = 60;

    /** How much faster than in real life connections are watched and renewed. */
    private static final double HASTE = 6;

    private static final long SEED = 1;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop by itself after so long: 60s, 5m, 1h")
    private String limit;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws Exception {
        options.check();
        Duration duration = limit == null ? Duration.ZERO : duration(limit);
        System.out.println("a simulated market is being made ...");
        DemoMarket market = DemoMarket.make();
        ExchangeConfig config = ExchangeConfig.paced(SPEED).withTimeFactor(HASTE);
        try (LoopbackExchange exchange =
                LoopbackExchange.start(config, market.listings(), market.faults(), SEED)) {
            System.out.println("exchange: " + exchange.streamUri() + " and " + exchange.restUri());
            try (LocalRun run = follow(exchange, market)) {
                System.out.println(
                        "a minute of the market passes every second; its first faults come within"
                                + " half a minute. Ctrl-C stops");
                ReplayReport report =
                        run.reporting(
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

    private LocalRun follow(LoopbackExchange exchange, DemoMarket market) throws Exception {
        LiveConfig client =
                LiveConfig.at(exchange.streamUri(), exchange.restUri(), "aggTrade").faster(HASTE);
        BinanceSource source =
                BinanceSource.builder()
                        .live(client)
                        .symbols(market.lastIds().keySet(), FeedStart.atTimeMs(DemoMarket.START_MS))
                        .until(market.lastIds())
                        .build();
        return LocalRun.start(
                new LiveInput(market.lastIds().keySet(), exchange.streamUri(), DemoMarket.START_MS),
                models ->
                        new FollowedSources(
                                source,
                                1,
                                models,
                                new RestKlineHistory(RestConfig.command(exchange.restUri()))),
                JobConfig.bounded(options.parallelism())
                        .withCheckpointInterval(Duration.ofSeconds(2)),
                options);
    }

    static Duration duration(String text) {
        try {
            Duration duration = Duration.parse("PT" + text.strip());
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (java.time.format.DateTimeParseException e) {
            throw new BadUsage("Not a length of time: for=" + text + ". Give 60s, 5m or 1h");
        }
        throw new BadUsage("Not a length of time: for=" + text + ". Give 60s, 5m or 1h");
    }
}
