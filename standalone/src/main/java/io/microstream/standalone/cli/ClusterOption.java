package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.RemoteCluster;
import java.net.URI;
import picocli.CommandLine.Option;

/** The cluster that a command talks to. */
final class ClusterOption {

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "REST address of a Flink cluster (default: ${DEFAULT-VALUE})")
    private URI cluster;

    /** Refuses an address that is none. */
    void check() {
        if (cluster.getHost() == null || !String.valueOf(cluster.getScheme()).matches("https?")) {
            throw new BadUsage(
                    "Not a REST address: cluster="
                            + cluster
                            + ". Give scheme, host and port, e.g. http://127.0.0.1:8081");
        }
    }

    /** Connects. */
    RemoteCluster connect() throws Exception {
        return RemoteCluster.at(cluster);
    }
}
