package io.microstream.standalone.cli;

import io.microstream.job.config.PipelineConfig;
import io.microstream.standalone.runtime.Checkpoints;
import io.microstream.standalone.runtime.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options shared by the commands that run the job in this process. */
final class RunOptions {

    private static final Duration BETWEEN_KEPT_CHECKPOINTS = Duration.ofSeconds(2);

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description =
                    "PostgreSQL or TimescaleDB to write to (default: an embedded one, deleted at the end)")
    private String jdbc;

    @Option(
            names = "--keep",
            description = "Keep the embedded database in .microstream/ of the current folder")
    private boolean keep;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Folder of *.model files (default: the models that ship with the program)")
    private Path models;

    @Option(
            names = "--history",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Klines from before the input; with them the first bar is already scored")
    private List<Path> history = List.of();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parallel tasks per operator (default: ${DEFAULT-VALUE})")
    private int parallelism;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            defaultValue = "-1",
            description =
                    "Port of Flink's web UI on loopback (default: the first free port from 8081)")
    private int uiPort;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Folder for checkpoints (default: a temporary folder)")
    private Path checkpoints;

    @Option(
            names = "--resume",
            description =
                    "Continue from the newest completed checkpoint in --checkpoints DIR; starts fresh if there is none")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description =
                    "Replace complete bars of earlier runs, and what was computed from them, by complete ones of this"
                            + " run (default: complete bars with other numbers stay, and the run ends with exit"
                            + " code 1). Incomplete bars never replace complete ones")
    private boolean overwrite;

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
        if (uiPort < -1 || uiPort > 65_535) {
            throw new BadUsage("Invalid port: ui-port=" + uiPort + ". Give 0 to 65535");
        }
        return uiPort;
    }

    /** Refuses invalid values and combinations before anything is started. */
    void check() {
        parallelism();
        uiPort();
        if (jdbc != null) {
            Databases.of(jdbc);
        }
        if (models != null && !Files.isDirectory(models)) {
            throw new BadUsage(
                    "Folder missing: models="
                            + models
                            + ". Give a folder that holds *.model files");
        }
        if (resume && checkpoints == null) {
            throw new BadUsage("Nothing to resume from: --resume needs --checkpoints DIR");
        }
        if (checkpoints != null) {
            Outputs.requireFolder("checkpoints", checkpoints);
        }
    }

    /**
     * Returns the configuration of a bounded job. With {@code --checkpoints} it takes them more
     * often, since the user means to resume from them.
     */
    PipelineConfig bounded() {
        PipelineConfig config = PipelineConfig.bounded(parallelism());
        return checkpoints == null
                ? config
                : config.withCheckpointInterval(BETWEEN_KEPT_CHECKPOINTS);
    }

    /** Returns the settings of the run, with the checkpoint that {@code --resume} finds. */
    RunSettings settings() {
        Optional<Path> resumeFrom = resume ? Checkpoints.newest(checkpoints) : Optional.empty();
        return new RunSettings(
                jdbc, keep, models, parallelism(), uiPort(), checkpoints, resumeFrom, overwrite);
    }
}
