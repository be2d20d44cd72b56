package io.microstream.standalone.cli;

import io.microstream.binance.archive.DumpKind;
import io.microstream.job.config.BarsConfig;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.RecordedSources;
import io.microstream.live.cases.CaseTrades;
import io.microstream.standalone.report.RecordedInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.runtime.ArchiveCaseTrades;
import io.microstream.standalone.runtime.LocalRun;
import io.microstream.standalone.runtime.MonitoringOptions;
import io.microstream.standalone.runtime.ThroughExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs recorded data through the job to its end. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Runs recorded data through the job to its end, waits until everything is committed, and writes a report.",
            "Exit code 0 means that nothing in the input was lost. Gaps in the input itself are rows in"
                    + " data_quality and a warning."
        })
final class ReplayCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Mixin private RunOptions options;

    @Mixin private ExchangeOptions exchange;

    @Option(
            names = "--page",
            description =
                    "Serve the page and its API. Rows are then stamped with the times of receipt and commit, so"
                            + " they differ from run to run. On a terminal the page stays until you press"
                            + " Enter")
    private boolean withPage;

    @Mixin private PageOptions page;

    @Mixin private ProvisionalOption provisional;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "S,S",
            description = "Replay only these symbols (default: every symbol in the input)")
    private Set<String> symbols = new LinkedHashSet<>();

    @Option(
            names = "--speed",
            paramLabel = "max|N",
            defaultValue = "max",
            description =
                    "Market seconds per second: 1 is real time, 60 is a minute per second (default: max)")
    private String speed;

    @Option(
            names = "--time-tolerance",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description =
                    "How far a trade's time may lie behind those before it in id order, up to 2h; a"
                            + " trade further back is quarantined as TIME_OUTLIER (default: ${DEFAULT-VALUE})")
    private String timeTolerance;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "replay-report.json",
            description = "File for the JSON report (default: ${DEFAULT-VALUE})")
    private Path report;

    /** The kind and the paths of the input, of which exactly one is given. */
    static final class Input {
        @Option(
                names = "--agg-trades",
                paramLabel = "PATH",
                arity = "1..*",
                description = "Dumps of aggregate trades: files or folders, zip or CSV")
        private List<Path> aggTrades;

        @Option(
                names = "--trades",
                paramLabel = "PATH",
                arity = "1..*",
                description = "Dumps of single trades")
        private List<Path> trades;

        @Option(
                names = "--capture",
                paramLabel = "FILE",
                arity = "1..*",
                description = "Recorded WebSocket frames, one per line")
        private List<Path> captures;

        @Option(
                names = "--klines",
                paramLabel = "PATH",
                arity = "1..*",
                description = "Dumps of one-minute klines; they enter the job as finished bars")
        private List<Path> klines;

        DumpKind kind() {
            if (aggTrades != null) {
                return DumpKind.AGG_TRADES;
            }
            if (trades != null) {
                return DumpKind.TRADES;
            }
            return captures != null ? DumpKind.CAPTURE : DumpKind.KLINES;
        }

        List<Path> paths() {
            return switch (kind()) {
                case AGG_TRADES -> aggTrades;
                case TRADES -> trades;
                case CAPTURE -> captures;
                case KLINES -> klines;
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        check();
        boolean throughExchange = exchange.isEnabled();
        if (throughExchange && input.kind() == DumpKind.KLINES) {
            throw new BadUsage(
                    "An exchange plays trades, not klines: --through-exchange does not go with --klines");
        }
        RecordedInput recorded =
                RecordedInput.inspect(
                        input.kind(), input.paths(), upperCase(symbols), options.history());
        ReplayReport result =
                throughExchange
                        ? new ThroughExchange(
                                        recorded,
                                        options.settings(),
                                        exchange.script(),
                                        exchange.seed(),
                                        this::config,
                                        monitoring())
                                .run(speed(speed), this::show)
                        : straight(recorded);
        return result.nothingLost() ? 0 : 1;
    }

    private void check() {
        options.check();
        double pace = speed(speed);
        timeTolerance();
        provisional.at(Math.max(1, pace));
        OptionFaults.requireSymbols("symbols", symbols);
        Outputs.requireFile("report", report);
        if (withPage) {
            page.check();
        } else {
            page.refuse("--page was not given. Add --page");
        }
    }

    /**
     * Returns the configuration with provisional results: with a page and a paced market, or where
     * they were asked for.
     */
    private PipelineConfig config(PipelineConfig closedMinutes) {
        double pace = speed(speed);
        boolean byDefault = withPage && pace > 0;
        return byDefault || provisional.isGiven()
                ? provisional.at(Math.max(1, pace), closedMinutes)
                : closedMinutes;
    }

    private MonitoringOptions monitoring() {
        return withPage
                ? new MonitoringOptions(page.settings(), trades(), false, true)
                : MonitoringOptions.NONE;
    }

    private CaseTrades trades() {
        return input.kind() == DumpKind.AGG_TRADES
                ? new ArchiveCaseTrades(input.paths())
                : CaseTrades.none("case files take trades only from dumps given by --agg-trades");
    }

    private ReplayReport straight(RecordedInput recorded) throws Exception {
        try (LocalRun run =
                LocalRun.start(
                        recorded,
                        models ->
                                new RecordedSources(
                                        recorded.files(),
                                        speed(speed),
                                        timeTolerance(),
                                        models,
                                        recorded.history()),
                        config(options.bounded()),
                        options.settings(),
                        monitoring())) {
            return show(run.awaitEnd(Duration.ZERO));
        }
    }

    /** Prints and writes the report while the page is still served. */
    private ReplayReport show(ReplayReport result) {
        result.print(System.out);
        result.write(report);
        System.out.println("report: " + report);
        if (withPage && System.console() != null) {
            System.out.println("The page is still served. Press Enter to stop");
            System.console().readLine();
        }
        return result;
    }

    private static Set<String> upperCase(Set<String> symbols) {
        Set<String> upper = new LinkedHashSet<>();
        symbols.forEach(symbol -> upper.add(symbol.toUpperCase(Locale.ROOT)));
        return upper;
    }

    /** Returns the tolerance; beyond the lateness that bars allow, trades could be in no bar. */
    private Duration timeTolerance() {
        Duration tolerance = Durations.parse("time-tolerance", timeTolerance, "1s or 5m");
        if (tolerance.compareTo(BarsConfig.DEFAULT.allowedLateness()) > 0) {
            throw new BadUsage(
                    "Tolerance too long: time-tolerance=" + timeTolerance + ". Give at most 2h");
        }
        return tolerance;
    }

    private static double speed(String text) {
        if (text.equalsIgnoreCase("max")) {
            return 0;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0 && speed <= 1_000_000) {
                return speed;
            }
        } catch (NumberFormatException e) {
            throw new BadUsage(
                    "Invalid speed: speed=" + text + ". Give max, 1, 60 or another number");
        }
        throw new BadUsage("Invalid speed: speed=" + text + ". Give max, 1, 60 or another number");
    }
}
