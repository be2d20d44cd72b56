package io.microstream.standalone.cli;

import io.microstream.job.config.PipelineConfig;
import io.microstream.standalone.runtime.Checkpoints;
import io.microstream.standalone.runtime.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that runs the job in this process. */
final class RunOptions {

    private static final Duration BETWEEN_KEPT_CHECKPOINTS = Duration.ofSeconds(2);

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description =
                    "PostgreSQL or TimescaleDB to write to; an embedded one, deleted at the end, if left out")
    private String jdbc;

    @Option(
            names = "--keep",
            description = "Keep the embedded database, in .microstream/ of the current folder")
    private boolean keep;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Folder of *.model files; the models that travel with the program if left out")
    private Path models;

    @Option(
            names = "--history",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Klines from before the input, so that its first bar is scored already")
    private List<Path> history = List.of();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks of each operator (default: ${DEFAULT-VALUE})")
    private int parallelism;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            defaultValue = "-1",
            description =
                    "Port of Flink's web UI on loopback (default: the first free one from 8081 on)")
    private int uiPort;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Where checkpoints go (default: a temporary folder)")
    private Path checkpoints;

    @Option(
            names = "--resume",
            description =
                    "Go on from the newest finished checkpoint in the folder of --checkpoints, if it has one")
    private boolean resume;

    List<Path> history() {
        return history;
    }

    int parallelism() {
        if (parallelism < 1 || parallelism > 128) {
            throw new BadUsage("Parallelism must be 1 to 128: parallelism=" + parallelism);
        }
        return parallelism;
    }

    private int uiPort() {
        if (uiPort > 65_535) {
            throw new BadUsage("Not a port: ui-port=" + uiPort + ". Give 0 to 65535");
        }
        return uiPort;
    }

    /** Refuses what cannot go together, before anything is started. */
    void check() {
        parallelism();
        uiPort();
        if (resume && checkpoints == null) {
            throw new BadUsage("Nothing to resume from: --resume needs --checkpoints DIR");
        }
    }

    /** Of a job with an end. Who keeps its checkpoints means to go on from them: more of them. */
    PipelineConfig bounded() {
        PipelineConfig config = PipelineConfig.bounded(parallelism());
        return checkpoints == null
                ? config
                : config.withCheckpointInterval(BETWEEN_KEPT_CHECKPOINTS);
    }

    /** Returns the options as a run takes them, with the checkpoint that {@code --resume} finds. */
    RunSettings settings() {
        Optional<Path> resumeFrom = resume ? Checkpoints.newest(checkpoints) : Optional.empty();
        return new RunSettings(
                jdbc, keep, models, parallelism(), uiPort(), checkpoints, resumeFrom);
    }
}
