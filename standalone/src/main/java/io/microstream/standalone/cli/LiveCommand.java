package io.microstream.standalone.cli;

import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.streams.StreamsConfig;
import io.microstream.binance.wire.StreamKind;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.FollowedSources;
import io.microstream.job.ends.LiveExchange;
import io.microstream.job.ends.RestKlineHistory;
import io.microstream.standalone.report.LiveInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.RunInput;
import io.microstream.standalone.runtime.LocalRun;
import io.microstream.standalone.runtime.MonitoringOptions;
import io.microstream.standalone.runtime.RestCaseTrades;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole system in one process on Binance's live market data. */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        description = {
            "Follows Binance live and computes one-minute bars, features, regimes and anomalies.",
            "Starts 15 minutes back by default (--since). Rolling windows are warmed up from Binance's"
                    + " klines of the previous two weeks.",
            "With --checkpoints DIR --resume it continues where it stopped and fetches the trades it missed.",
            "Ctrl-C stops it."
        })
final class LiveCommand implements Callable<Integer> {

    @Option(
            names = "--symbols",
            split = ",",
            required = true,
            paramLabel = "S,S",
            description = "Symbols to follow, e.g. BTCUSDT,ETHUSDT")
    private Set<String> symbols;

    @Option(
            names = "--stream-url",
            paramLabel = "URL",
            description = "Base URL of the WebSocket streams (default: Binance's market-data host)")
    private URI streamUrl = StreamsConfig.MARKET_DATA;

    @Option(
            names = "--rest-url",
            paramLabel = "URL",
            description = "Base URL of the REST API (default: Binance's market-data host)")
    private URI restUrl = RestConfig.DEFAULT_BASE_URL;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop after this time: 60s, 5m, 1h (default: run until Ctrl-C)")
    private String limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "15m",
            description =
                    "How far back to start, with trades fetched by REST: 15m, 2h; 0 for the minute in progress (default:"
                            + " ${DEFAULT-VALUE}). More than a day takes a while, at 1,000 trades per request")
    private String since;

    @Option(names = "--no-page", description = "Run without the page and its API")
    private boolean noPage;

    @Mixin private PageOptions page;

    @Mixin private ProvisionalOption provisional;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws Exception {
        check();
        Duration duration = Durations.limit(limit);
        TreeSet<String> names = new TreeSet<>();
        symbols.forEach(symbol -> names.add(symbol.strip().toUpperCase(Locale.ROOT)));
        long fromMs =
                LiveExchange.runningMinuteMs(
                                restUrl,
                                names,
                                warning -> System.out.println("warning: " + warning))
                        - ago().toMillis();
        LiveConfig exchange = LiveConfig.at(streamUrl, restUrl, StreamKind.AGG_TRADE);
        BinanceSource source =
                BinanceSource.builder()
                        .live(exchange)
                        .symbols(names, FeedStart.atTimeMs(fromMs))
                        .build();
        int readers = Math.min(options.parallelism(), names.size());
        try (LocalRun run =
                LocalRun.start(
                        new LiveInput(names, streamUrl, fromMs),
                        models ->
                                new FollowedSources(
                                        source,
                                        readers,
                                        models,
                                        new RestKlineHistory(RestConfig.command(restUrl))),
                        provisional.at(1, PipelineConfig.live(options.parallelism())),
                        options.settings(),
                        new MonitoringOptions(
                                noPage ? null : page.settings(),
                                new RestCaseTrades(restUrl),
                                true,
                                true))) {
            ReplayReport report = run.reporting(LiveCommand::report).awaitEnd(duration, true);
            report.print(System.out);
            return report.nothingLost() ? 0 : 1;
        }
    }

    private void check() {
        options.check();
        provisional.at(1);
        ago();
        Durations.limit(limit);
        OptionFaults.requireSymbols("symbols", symbols);
        requireUrls();
        if (noPage) {
            page.refuse("--no-page was given. Drop it");
        } else {
            page.check();
        }
    }

    private void requireUrls() {
        String scheme = String.valueOf(streamUrl.getScheme());
        if (streamUrl.getHost() == null || !scheme.matches("wss?")) {
            throw new BadUsage(
                    "Not a URL of WebSocket streams: stream-url="
                            + streamUrl
                            + ". Give scheme and host, e.g. "
                            + StreamsConfig.MARKET_DATA);
        }
        try {
            RestConfig.feed(restUrl);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e.getMessage().replace("baseUrl=", "rest-url="));
        }
    }

    /** Returns how far back to start, rounded up to whole minutes. */
    private Duration ago() {
        if (since.strip().equals("0")) {
            return Duration.ZERO;
        }
        Duration ago = Durations.parse("since", since, "0, 15m or 2h");
        return Duration.ofMinutes(ago.plusSeconds(59).toMinutes());
    }

    private static ReplayReport report(
            RunInput input,
            Map<String, Long> counters,
            Results results,
            double seconds,
            boolean finished)
            throws SQLException {
        return ReplayReport.following(
                input, counters, results, seconds, finished, null, RunInput.UNKNOWN);
    }
}
