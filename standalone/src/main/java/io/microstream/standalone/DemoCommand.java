package io.microstream.standalone;

import io.microstream.binance.archive.DumpKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system in one process on a synthesized market. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The whole system in one process: a simulated market of two symbols is played from its archive,",
            "a minute of it every second, with holes, repeats and late trades as real feeds have them.",
            "Ctrl-C stops it."
        })
final class DemoCommand implements Callable<Integer> {

    private static final double SPEED = 60;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop by itself after so long: 60s, 5m, 1h")
    private String limit;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws Exception {
        Duration duration = limit == null ? Duration.ZERO : duration(limit);
        Path folder = Files.createTempDirectory("microstream-demo-");
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> FileUtils.deleteDirectoryQuietly(folder.toFile())));
        try {
            System.out.println("a simulated market is being made ...");
            DemoMarket market = DemoMarket.write(folder);
            RecordedInput input =
                    RecordedInput.inspect(
                            DumpKind.AGG_TRADES,
                            List.of(market.trades()),
                            Set.of(),
                            List.of(market.klines()));
            try (LocalRun run = LocalRun.start(input, options, SPEED)) {
                System.out.println(
                        "a minute of the market passes every second; its first flaws come within"
                                + " half a minute. Ctrl-C stops");
                ReplayReport report = run.toTheEnd(duration, true);
                report.print(System.out);
                boolean asked = report.finished() || !duration.isZero();
                return asked && report.nothingLost() ? 0 : 1;
            }
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
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
