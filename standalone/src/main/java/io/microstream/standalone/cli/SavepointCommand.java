package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.cluster.RunningJob;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a savepoint of a running job. */
@Command(
        name = "savepoint",
        mixinStandardHelpOptions = true,
        description =
                "Takes a savepoint of a running job and prints its path; with --stop the job ends with it, to be"
                        + " restored by another release or at another parallelism.")
final class SavepointCommand implements Callable<Integer> {

    @Mixin private JobOption job;

    @Option(names = "--stop", description = "End the job with the savepoint")
    private boolean stop;

    @Option(
            names = "--dir",
            paramLabel = "PATH",
            description =
                    "Folder for the savepoint, which every process of the cluster must reach (default: the cluster's)")
    private String directory;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long the savepoint may take (default: ${DEFAULT-VALUE})")
    private String wait;

    @Override
    public Integer call() throws Exception {
        job.check();
        Duration limit = Durations.parse("wait", wait, "30s, 2m or 1h");
        try (RemoteCluster remote = job.connect()) {
            RunningJob found = job.of(remote);
            String path = remote.savepoint(found.id(), directory, stop, limit);
            System.out.println("job:       " + found.id());
            System.out.println("savepoint: " + path);
            if (stop) {
                System.out.println("state:     " + remote.awaitEnd(found.id(), limit));
            }
        }
        return 0;
    }
}
