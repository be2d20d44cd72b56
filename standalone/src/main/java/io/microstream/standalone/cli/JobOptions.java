package io.microstream.standalone.cli;

import io.microstream.job.config.ConfigurationException;
import io.microstream.job.config.JobConfig;
import io.microstream.job.main.MarketJobMain;
import io.microstream.standalone.cluster.RemoteCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a job is submitted with: its cluster, its jar, and its configuration. */
final class JobOptions {

    @Mixin private ClusterOption cluster;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration of the job, lines key = value; every setting may also be given as an argument or in"
                            + " the environment (docs/configuration.md)")
    private Path config;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description =
                    "Job jar (default: that of this build, flink-job/target/microstream-job.jar)")
    private Path jar;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long to wait until the job runs (default: ${DEFAULT-VALUE})")
    private String wait;

    /**
     * Submits the job, prints what it does, and returns the exit code.
     *
     * @param settings further arguments, which are those of the job
     * @param savepoint to restore; null to start afresh
     */
    int submit(List<String> settings, String savepoint) throws Exception {
        cluster.check();
        Duration limit = Durations.parse("wait", wait, "30s, 2m or 1h");
        if (config != null && !Files.isReadable(config)) {
            throw new BadUsage(
                    "No such file: config=" + config + ". Give a file of lines key = value");
        }
        Path file = jar(jar);
        JobConfig job = configuration(settings);
        try (RemoteCluster remote = cluster.connect()) {
            JobID id = remote.submit(job, file, savepoint);
            job.lines().forEach(System.out::println);
            System.out.println("job:       " + id);
            System.out.println("web:       " + remote.page(id));
            if (savepoint != null) {
                System.out.println("restored:  " + savepoint);
            }
            JobStatus state = remote.awaitRunning(id, limit);
            System.out.println("state:     " + state);
            return state == JobStatus.RUNNING || state == JobStatus.FINISHED ? 0 : 1;
        }
    }

    private JobConfig configuration(List<String> settings) {
        List<String> words = new ArrayList<>(settings);
        if (config != null) {
            words.add("--config=" + config);
        }
        try {
            return MarketJobMain.configuration(System.getenv(), words);
        } catch (ConfigurationException e) {
            throw new BadUsage(e.getMessage().replaceAll("\\s*\\R\\s*", "; "));
        }
    }

    /**
     * Returns the job jar.
     *
     * @param given by the user; null for that of this build
     */
    static Path jar(Path given) {
        Path file =
                given == null
                        ? Path.of(
                                System.getProperty(
                                        "microstream.job-jar",
                                        "flink-job/target/microstream-job.jar"))
                        : given;
        if (!Files.isRegularFile(file)) {
            throw new BadUsage(
                    "No such file: jar="
                            + file
                            + ". Build it by mvn package, or give another --jar");
        }
        return file.toAbsolutePath();
    }
}
