package io.microstream.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Submits the job to a cluster and waits until it runs. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Submits the job to a Flink cluster and waits until it runs.")
final class SubmitCommand implements Callable<Integer> {

    @Mixin private JobOptions options;

    @Unmatched private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return options.submit(settings, null);
    }
}
