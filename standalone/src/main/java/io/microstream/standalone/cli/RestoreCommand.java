package io.microstream.standalone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Submits the job with the state of a savepoint or of a retained checkpoint. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Submits the job with the state of a savepoint or checkpoint: of this release or an earlier one, at any"
                        + " parallelism.")
final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "PATH",
            description = "Savepoint or checkpoint: the folder that holds _metadata, or its URI")
    private String savepoint;

    @Mixin private JobOptions options;

    @Unmatched private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        boolean isUri = savepoint.matches("[a-z0-9]+:.+");
        if (!isUri && !Files.isRegularFile(Path.of(savepoint, "_metadata"))) {
            throw new BadUsage(
                    "Not a savepoint: from="
                            + savepoint
                            + " holds no file _metadata. Give the path that ./microstream savepoint printed, or the"
                            + " folder chk-N of a checkpoint");
        }
        return options.submit(
                settings,
                isUri ? savepoint : Path.of(savepoint).toAbsolutePath().toUri().toString());
    }
}
