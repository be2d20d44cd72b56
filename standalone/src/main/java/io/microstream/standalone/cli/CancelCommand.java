package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.cluster.RunningJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels a job; what it has written stays, and so does its newest checkpoint. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Cancels a running job. What it has written stays, and so does its newest checkpoint, which restore"
                        + " takes.")
final class CancelCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JOB",
            arity = "0..1",
            description =
                    "Id of the job, or its first characters (default: the only one that runs)")
    private String job;

    @Mixin private ClusterOption cluster;

    @Override
    public Integer call() throws Exception {
        cluster.check();
        try (RemoteCluster remote = cluster.connect()) {
            RunningJob found = remote.job(job);
            System.out.println("job:       " + found.id());
            System.out.println("state:     " + remote.cancel(found.id()));
        }
        return 0;
    }
}
