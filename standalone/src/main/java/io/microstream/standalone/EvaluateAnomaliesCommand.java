package io.microstream.standalone;

import io.microstream.training.outliers.LabelledRows;
import io.microstream.training.outliers.OutlierEvaluation;
import io.microstream.training.outliers.OutlierResult;
import io.microstream.training.outliers.OutlierSettings;
import io.microstream.training.outliers.OutlierTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds the isolation forest against published figures on sets with known outliers. */
@Command(
        name = "evaluate-anomalies",
        mixinStandardHelpOptions = true,
        description = {
            "Trains isolation forests on data sets with known outliers and prints how well they rank,"
                    + " beside published figures where the set is known by its name.",
            "A data set is a CSV of the form features…, outlier (1 for an outlier, 0 for all others), with"
                    + " or without a header.",
            "Exit code 0 only if no set misses its published area under the ROC curve."
        })
final class EvaluateAnomaliesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "CSV files (plain, .csv.gz or .zip), or folders of them")
    private List<Path> paths;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Forests for each set, seeds 1 … N (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--trees",
            paramLabel = "T",
            defaultValue = "100",
            description = "Trees of a forest (default: ${DEFAULT-VALUE})")
    private int trees;

    @Option(
            names = "--sample",
            paramLabel = "ROWS",
            defaultValue = "256",
            description = "Rows of a tree, at most (default: ${DEFAULT-VALUE})")
    private int sample;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads, without influence on the figures (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures here too")
    private Path json;

    @Override
    public Integer call() throws IOException {
        OutlierSettings settings = settings();
        requireFolderOf(json);
        List<LabelledRows> sets = OutlierEvaluation.read(paths);
        OutlierEvaluation evaluation = new OutlierEvaluation(settings);
        new OutlierTable(settings, List.of()).head().forEach(System.out::println);
        List<OutlierResult> results = new ArrayList<>();
        for (LabelledRows set : sets) {
            OutlierResult result = evaluation.evaluate(set);
            System.out.println(OutlierTable.line(result));
            results.add(result);
        }
        OutlierTable table = new OutlierTable(settings, results);
        table.foot().forEach(System.out::println);
        if (json != null) {
            Files.writeString(json, table.json());
            System.out.println("json: " + json);
        }
        requireTheGate(table);
        return 0;
    }

    private static void requireFolderOf(Path file) {
        if (file != null
                && (!Files.isDirectory(file.toAbsolutePath().getParent())
                        || Files.isDirectory(file))) {
            throw new BadUsage(
                    "Not a file that can be written: json="
                            + file
                            + ". Name a file in a folder that exists.");
        }
    }

    private OutlierSettings settings() {
        try {
            return new OutlierSettings(trees, sample, seeds, threads);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e.getMessage());
        }
    }

    private static void requireTheGate(OutlierTable table) {
        List<OutlierResult> outside = table.outsideTheGate();
        if (!outside.isEmpty()) {
            throw new UserError(
                    "Area under the ROC curve is not as published: "
                            + outside.stream()
                                    .map(EvaluateAnomaliesCommand::miss)
                                    .collect(Collectors.joining(", "))
                            + ". See the table.");
        }
    }

    private static String miss(OutlierResult result) {
        return String.format(
                Locale.ROOT,
                "%s=%.4f published=%.4f",
                result.name(),
                result.areaUnderRoc().mean(),
                result.published().orElseThrow().linkedIn());
    }
}
