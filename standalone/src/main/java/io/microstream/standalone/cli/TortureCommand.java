package io.microstream.standalone.cli;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.cluster.FlinkProcesses;
import io.microstream.standalone.report.UserError;
import io.microstream.standalone.runtime.EmbeddedDatabase;
import io.microstream.standalone.torture.CaseResult;
import io.microstream.standalone.torture.FaultCase;
import io.microstream.standalone.torture.Torture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the job on real processes, disturbs it, and compares its tables with those of one JVM that
 * nothing disturbed.
 */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description =
                "Runs the job on processes of its own, kills and restarts them, and compares what it wrote with an"
                        + " undisturbed run.")
final class TortureCommand implements Callable<Integer> {

    private static final String ROW = "%-20s  %4s  %6s  %8s  %11s  %11s  %12s  %s%n";

    @Option(
            names = "--case",
            split = ",",
            paramLabel = "CASE",
            description =
                    "taskmanager-kill, jobmanager-kill, backends-terminated, rescale (default: all)")
    private List<String> cases = List.of();

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each job is disturbed (default: ${DEFAULT-VALUE})")
    private int times;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides the market and when faults happen (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--rest-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the cluster's REST interface (default: ${DEFAULT-VALUE})")
    private int restPort;

    @Override
    public Integer call() throws Exception {
        OptionFaults.requireWithin("times", times, 1, 1_000);
        OptionFaults.requireWithin("rest-port", restPort, 1, 65_535);
        List<FaultCase> chosen = chosen();
        Path jar = JobOptions.jar(null);
        Path folder = Files.createTempDirectory("microstream-torture-");
        FlinkProcesses cluster = new FlinkProcesses(folder.resolve("cluster"));
        FlinkProcesses.Size size = new FlinkProcesses.Size(restPort, 1, 2, 512);
        boolean isFine;
        try (EmbeddedDatabase embedded =
                EmbeddedDatabase.start(folder.resolve("database"), false)) {
            Path market = folder.resolve("market");
            run(
                    "synthesize",
                    "--symbols",
                    "AUSDT,BUSDT",
                    "--daily",
                    "--seed",
                    seed,
                    "--out",
                    market);
            Database undisturbed = embedded.database();
            run(
                    "replay",
                    "--agg-trades",
                    market,
                    "--jdbc",
                    undisturbed.url(),
                    "--report",
                    folder.resolve("undisturbed.json"));
            cluster.start(size);
            Torture torture = new Torture(cluster, size, jar, market, undisturbed);
            System.out.printf(
                    ROW,
                    "case",
                    "seed",
                    "faults",
                    "bars",
                    "trades lost",
                    "counted twice",
                    "slowest",
                    "");
            boolean isAllEqual = true;
            for (FaultCase each : chosen) {
                CaseResult result = torture.run(each, times, seed);
                isAllEqual &= result.isEqual();
                System.out.printf(
                        ROW,
                        each.title(),
                        seed,
                        result.faults(),
                        result.bars(),
                        result.lostTrades(),
                        result.extraTrades(),
                        "%.1f s".formatted(result.slowestMs() / 1000.0),
                        result.isEqual() ? "tables equal" : "TABLES DIFFER");
            }
            isFine = isAllEqual;
        } finally {
            cluster.stop();
        }
        if (isFine) {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        } else {
            System.out.println("kept:      " + folder);
        }
        return isFine ? 0 : 1;
    }

    private List<FaultCase> chosen() {
        List<FaultCase> all = List.of(FaultCase.values());
        for (String name : cases) {
            if (all.stream().noneMatch(each -> each.title().equals(name))) {
                throw new BadUsage(
                        "No such case: case="
                                + name
                                + ". Give "
                                + Arrays.stream(FaultCase.values())
                                        .map(FaultCase::title)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return all.stream()
                .filter(each -> cases.isEmpty() || cases.contains(each.title()))
                .toList();
    }

    private static void run(Object... words) {
        int exitCode =
                Microstream.commandLine()
                        .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        if (exitCode != 0) {
            throw new UserError("Not prepared: command=" + words[0] + " exit=" + exitCode);
        }
    }
}
