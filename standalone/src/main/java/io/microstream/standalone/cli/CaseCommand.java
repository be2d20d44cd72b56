package io.microstream.standalone.cli;

import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.live.cases.CaseFile;
import io.microstream.live.cases.CaseRows;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.cases.CaseWindow;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.SchemaFaults;
import io.microstream.standalone.runtime.ArchiveCaseTrades;
import io.microstream.standalone.runtime.RestCaseTrades;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the evidence around a minute as one zip. */
@Command(
        name = "case",
        mixinStandardHelpOptions = true,
        description = {
            "Writes everything known around a minute into one zip: trades, bars, features, regimes, anomaly scores"
                    + " with attribution, feed faults, labels, the models' provenance, a chart, and a check"
                    + " that the stored bars follow from the trades digit by digit.",
            "Missing data is reported as a warning; the case is written anyway."
        })
final class CaseCommand implements Callable<Integer> {

    @Option(
            names = "--symbol",
            required = true,
            paramLabel = "S",
            description = "The symbol, e.g. BTCUSDT")
    private String symbol;

    @Option(
            names = "--at",
            required = true,
            paramLabel = "TIME",
            description =
                    "The minute: 2026-01-05T00:17:00Z (UTC without an offset), or milliseconds since 1970")
    private String at;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "15",
            description = "Minutes before and after, 1 to 240 (default: ${DEFAULT-VALUE})")
    private int minutes;

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "Database to read")
    private String jdbc;

    @Option(
            names = "--agg-trades",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Read the trades from these dumps of aggregate trades: files or folders")
    private List<Path> aggTrades = List.of();

    @Option(
            names = "--exchange",
            paramLabel = "URL",
            description =
                    "Fetch the trades from this exchange by REST, e.g. https://data-api.binance.vision")
    private URI exchange;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The zip to write (default: case-SYMBOL-TIME.zip in the current folder)")
    private Path out;

    @Override
    public Integer call() throws Exception {
        OptionFaults.requireSymbols("symbol", List.of(symbol));
        CaseWindow window = window();
        CaseTrades trades = trades();
        Path file = (out == null ? Path.of(window.fileName()) : out).toAbsolutePath().normalize();
        requireWritable(file);
        CaseFile made = write(rows(window), trades, file);
        System.out.println(made.summary());
        System.out.println("window: " + window.from() + " to " + window.to());
        System.out.println(made.check());
        made.warnings().forEach(warning -> System.out.println("warning: " + warning));
        System.out.printf("case:   %s (%,d bytes)%n", file, Files.size(file));
        return 0;
    }

    private CaseWindow window() {
        try {
            return new CaseWindow(symbol.strip(), CaseWindow.parseMs(at), minutes);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e.getMessage());
        }
    }

    private CaseTrades trades() {
        if (!aggTrades.isEmpty() && exchange != null) {
            throw new BadUsage("Two sources of trades: give --agg-trades or --exchange, not both");
        }
        for (Path path : aggTrades) {
            if (!Files.exists(path)) {
                throw new BadUsage(
                        "Input not found: agg-trades=" + path + ". Give a file or a folder");
            }
        }
        if (!aggTrades.isEmpty()) {
            return new ArchiveCaseTrades(aggTrades);
        }
        return exchange == null
                ? CaseTrades.none("no source was given. Give --exchange URL or --agg-trades PATH")
                : new RestCaseTrades(checkedExchange());
    }

    private URI checkedExchange() {
        try {
            return RestConfig.command(exchange).baseUrls().get(0);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("exchange=" + exchange + ": " + e.getMessage());
        }
    }

    private static void requireWritable(Path file) {
        if (Files.exists(file)) {
            throw new BadUsage("File exists: out=" + file + ". Give another name or remove it");
        }
        Path folder = file.getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new BadUsage(
                    "Folder missing or not writable: out="
                            + file
                            + ". Give a file in a writable folder");
        }
    }

    private CaseRows rows(CaseWindow window) throws SQLException {
        Database database = Databases.of(jdbc);
        try (Results results = Results.existing(database)) {
            Connection connection = results.connection();
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return CaseRows.read(connection, window);
        } catch (SQLException e) {
            throw SchemaFaults.explained(database, e);
        }
    }

    /** Writes the case under a temporary name first, so that the file is never half written. */
    private static CaseFile write(CaseRows rows, CaseTrades trades, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            CaseFile made = CaseFile.write(rows, trades, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
