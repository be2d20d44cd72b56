package io.microstream.standalone.cli;

import io.microstream.job.main.MarketJobMain;
import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.cluster.RunningJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the jobs of a cluster. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists the jobs of a Flink cluster, the newest first.")
final class JobsCommand implements Callable<Integer> {

    private static final String ROW = "%-32s  %-11s  %-20s  %11s  %-30s  %s%n";

    @Mixin private ClusterOption cluster;

    @Override
    public Integer call() throws Exception {
        cluster.check();
        try (RemoteCluster remote = cluster.connect()) {
            List<RunningJob> jobs = remote.jobs();
            System.out.printf(
                    ROW, "job", "state", "submitted", "parallelism", "database", "symbols");
            for (RunningJob job : jobs) {
                System.out.printf(
                        ROW,
                        job.id(),
                        job.state(),
                        Instant.ofEpochMilli(job.startMs()).truncatedTo(ChronoUnit.SECONDS),
                        job.parallelism(),
                        job.parameter(MarketJobMain.DATABASE),
                        job.parameter(MarketJobMain.SYMBOLS));
            }
        }
        return 0;
    }
}
