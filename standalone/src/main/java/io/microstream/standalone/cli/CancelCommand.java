package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.cluster.RunningJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Cancels a job; what it has written stays, and so does its newest checkpoint. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Cancels a running job. What it has written stays, and so does its newest checkpoint, which restore"
                        + " takes.")
final class CancelCommand implements Callable<Integer> {

    @Mixin private JobOption job;

    @Override
    public Integer call() throws Exception {
        job.check();
        try (RemoteCluster remote = job.connect()) {
            RunningJob found = job.of(remote);
            System.out.println("job:       " + found.id());
            System.out.println("state:     " + remote.cancel(found.id()));
        }
        return 0;
    }
}
