package io.microstream.standalone.cli;

import io.microstream.standalone.report.Fingerprint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints one hash for each table over its final rows in key order. */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        description =
                "Prints for each table the number of final rows and a SHA-256 over them in key order. Two databases"
                        + " with equal lines hold equal results.")
final class FingerprintCommand implements Callable<Integer> {

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "Database to read")
    private String jdbc;

    @Override
    public Integer call() throws Exception {
        Fingerprint.of(Databases.of(jdbc)).forEach(System.out::println);
        return 0;
    }
}
