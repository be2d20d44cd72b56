package io.microstream.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.live.cases.labels.LabelEvaluation;
import io.microstream.standalone.report.LabelTable;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.SchemaFaults;
import io.microstream.standalone.report.UserError;
import io.microstream.tables.Tables;
import io.microstream.training.outliers.LabelledRows;
import io.microstream.training.outliers.OutlierEvaluation;
import io.microstream.training.outliers.OutlierResult;
import io.microstream.training.outliers.OutlierSettings;
import io.microstream.training.outliers.OutlierTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Holds the isolation forest against published figures on sets with known outliers, and the models
 * of a database against what analysts said.
 */
@Command(
        name = "evaluate-anomalies",
        mixinStandardHelpOptions = true,
        description = {
            "Trains isolation forests on data sets with known outliers and prints how well they rank,"
                    + " beside published figures where the set is known by its name.",
            "A data set is a CSV of the form features…, outlier (1 for an outlier, 0 for all others), with"
                    + " or without a header.",
            "Exit code 0 only if no set misses its published area under the ROC curve.",
            "With --jdbc: how each version of each model in a database fares by the labels that analysts gave."
        })
final class EvaluateAnomaliesCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final long END_OF_TIME_US = 253_402_300_799_000_000L;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "CSV files (plain, .csv.gz or .zip), or folders of them")
    private List<Path> paths = List.of();

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "A database with labels: hold its models against them")
    private String jdbc;

    @Option(
            names = "--symbol",
            paramLabel = "S",
            description = "Only labels of this symbol (default: all)")
    private String symbol;

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
    public Integer call() throws IOException, SQLException {
        OutlierSettings settings = settings();
        check();
        ObjectNode figures = JSON.createObjectNode();
        if (jdbc != null) {
            LabelEvaluation labels = labels();
            new LabelTable(labels).lines().forEach(System.out::println);
            figures.set("labels", labels.json());
        }
        OutlierTable table = paths.isEmpty() ? null : outliers(settings);
        if (table != null) {
            figures.setAll((ObjectNode) JSON.readTree(table.json()));
        }
        if (json != null) {
            boolean outliersOnly = jdbc == null;
            Files.writeString(json, outliersOnly ? table.json() : figures.toPrettyString() + "\n");
            System.out.println("json: " + json);
        }
        if (table != null) {
            requireTheGate(table);
        }
        return 0;
    }

    private void check() {
        if (paths.isEmpty() && jdbc == null) {
            throw new BadUsage(
                    "Nothing to evaluate: give PATH (CSV files with known outliers) or --jdbc URL (a database with labels)");
        }
        if (symbol != null && jdbc == null) {
            throw new BadUsage("Labels are in a database: --symbol needs --jdbc");
        }
        requireFolderOf(json);
    }

    private OutlierTable outliers(OutlierSettings settings) throws IOException {
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
        return table;
    }

    private LabelEvaluation labels() throws SQLException {
        Database database = Database.at(jdbc);
        try (Results results = Results.of(database)) {
            Connection connection = results.connection();
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            requireSymbol(results);
            return LabelEvaluation.read(connection, symbol);
        } catch (SQLException e) {
            throw SchemaFaults.explained(database, e);
        }
    }

    private void requireSymbol(Results results) throws SQLException {
        if (symbol != null && results.count(Tables.BARS, List.of(symbol), 0, END_OF_TIME_US) == 0) {
            throw new UserError(
                    "Unknown symbol: symbol=" + symbol + ". Give one that the database has");
        }
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
