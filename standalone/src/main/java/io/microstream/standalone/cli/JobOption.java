package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.cluster.RunningJob;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The job of a cluster that a command is about. */
final class JobOption {

    @Parameters(
            paramLabel = "JOB",
            arity = "0..1",
            description =
                    "Id of the job, or its first characters (default: the only one that runs)")
    private String job;

    @Mixin private ClusterOption cluster;

    /** Refuses an address that is none. */
    void check() {
        cluster.check();
    }

    /** Connects to the cluster. */
    RemoteCluster connect() throws Exception {
        return cluster.connect();
    }

    /** Returns the job. */
    RunningJob of(RemoteCluster remote) throws Exception {
        return remote.job(job);
    }
}
