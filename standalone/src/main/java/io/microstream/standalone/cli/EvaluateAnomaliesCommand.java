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
 * Compares the isolation forest with published figures on data sets with known outliers, and the
 * models of a database with analysts' labels.
 */
@Command(
        name = "evaluate-anomalies",
        mixinStandardHelpOptions = true,
        description = {
            "Trains isolation forests on data sets with known outliers and prints how well they rank the outliers,"
                    + " next to published figures if the set's name is known.",
            "A data set is a CSV with columns features…, outlier (1 for an outlier, 0 otherwise), with"
                    + " or without a header.",
            "Exit code 0 means that no set misses its published area under the ROC curve.",
            "With --jdbc it evaluates each version of each model in a database against analysts' labels."
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
            description = "Database whose models are evaluated against its labels")
    private String jdbc;

    @Option(
            names = "--symbol",
            paramLabel = "S",
            description = "Use only labels of this symbol (default: all)")
    private String symbol;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Forests per set, with seeds 1 … N (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--trees",
            paramLabel = "T",
            defaultValue = "100",
            description = "Trees per forest (default: ${DEFAULT-VALUE})")
    private int trees;

    @Option(
            names = "--sample",
            paramLabel = "ROWS",
            defaultValue = "256",
            description = "Most rows per tree (default: ${DEFAULT-VALUE})")
    private int sample;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the figures do not depend on it (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write all figures to this file")
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
            throw new BadUsage("--symbol filters labels in a database: --symbol needs --jdbc");
        }
        if (symbol != null) {
            OptionFaults.requireSymbols("symbol", List.of(symbol));
        }
        if (jdbc != null) {
            Databases.of(jdbc);
        }
        if (json != null) {
            Outputs.requireFile("json", json);
        }
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
        Database database = Databases.of(jdbc);
        try (Results results = Results.existing(database)) {
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
                    "Unknown symbol: symbol=" + symbol + ". Give a symbol that the database holds");
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
                    "Area under the ROC curve differs from the published one: "
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
