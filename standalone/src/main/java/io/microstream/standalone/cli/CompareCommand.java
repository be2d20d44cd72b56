package io.microstream.standalone.cli;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.InspectedFiles;
import io.microstream.binance.archive.KlineReader;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.market.Bar;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.UserError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the committed bars with klines. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the bars in a database with klines, digit by digit, minute by minute.",
            "Exit code 0 means that no complete bar differs, none is missing between the first and the last, and every"
                    + " kline could be read."
        })
final class CompareCommand implements Callable<Integer> {

    private static final int SHOWN = 5;

    @Option(
            names = "--klines",
            required = true,
            paramLabel = "PATH",
            arity = "1..*",
            description = "Klines: files or folders")
    private List<Path> klines;

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "Database to read")
    private String jdbc;

    private final UnreadableRows unreadable = new UnreadableRows();
    private int shown;

    @Override
    public Integer call() throws Exception {
        boolean equal = true;
        Database database = Databases.of(jdbc);
        try (Results results = Results.existing(database)) {
            Set<String> symbols = symbols(results);
            InspectedFiles inspected = ArchiveCatalog.inspectAll(DumpKind.KLINES, klines, Set.of());
            inspected.warnings().forEach(warning -> System.out.println("warning: " + warning));
            Map<String, List<ArchiveFile>> files =
                    inspected.files().stream()
                            .filter(file -> symbols.contains(file.symbol()))
                            .collect(Collectors.groupingBy(ArchiveFile::symbol));
            for (String symbol : new TreeSet<>(files.keySet())) {
                equal &= compare(results, symbol, files.get(symbol));
            }
            if (files.isEmpty()) {
                throw new UserError(
                        "Nothing to compare: no klines for the symbols in the database. symbols="
                                + symbols
                                + " klines="
                                + klines
                                + ". Give klines of these symbols");
            }
        }
        unreadable.line().ifPresent(line -> System.out.println("LOST: " + line));
        return equal && unreadable.count() == 0 ? 0 : 1;
    }

    private static Set<String> symbols(Results results) throws SQLException {
        Set<String> symbols = new TreeSet<>();
        try (PreparedStatement statement =
                        results.connection()
                                .prepareStatement(
                                        "SELECT DISTINCT symbol FROM bars WHERE is_final");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                symbols.add(rows.getString(1));
            }
        }
        return symbols;
    }

    private boolean compare(Results results, String symbol, List<ArchiveFile> files)
            throws SQLException {
        Map<Long, BigDecimal[]> bars = new HashMap<>();
        Set<Long> incomplete = new TreeSet<>();
        read(results, symbol, bars, incomplete);
        long first = bars.keySet().stream().min(Long::compare).orElseThrow();
        long last = bars.keySet().stream().max(Long::compare).orElseThrow();
        int compared = 0;
        int differing = 0;
        int partial = 0;
        int missing = 0;
        try (KlineReader reader = KlineReader.open(files, first, last + 1, unreadable)) {
            while (reader.hasNext()) {
                Bar kline = reader.next();
                BigDecimal[] bar = bars.get(kline.openTimeMs());
                if (bar == null) {
                    missing++;
                } else if (incomplete.contains(kline.openTimeMs())) {
                    partial++;
                } else {
                    compared++;
                    differing += differs(kline, bar) ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "%s: %,d bars, %,d complete ones compared with klines in open, high, low, close, volume:"
                        + " %,d differing, %,d missing; %,d incomplete ones skipped%n",
                symbol, bars.size(), compared, differing, missing, partial);
        return differing == 0 && missing == 0 && compared > 0;
    }

    private static void read(
            Results results, String symbol, Map<Long, BigDecimal[]> bars, Set<Long> incomplete)
            throws SQLException {
        try (PreparedStatement statement =
                results.connection()
                        .prepareStatement(
                                "SELECT open_time, open, high, low, close, volume, complete FROM bars"
                                        + " WHERE symbol = ? AND is_final")) {
            statement.setString(1, symbol);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long openTimeMs =
                            rows.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli();
                    BigDecimal[] bar = new BigDecimal[5];
                    for (int i = 0; i < bar.length; i++) {
                        bar[i] = rows.getBigDecimal(i + 2);
                    }
                    bars.put(openTimeMs, bar);
                    if (!rows.getBoolean(7)) {
                        incomplete.add(openTimeMs);
                    }
                }
            }
        }
    }

    private boolean differs(Bar kline, BigDecimal[] bar) {
        BigDecimal[] expected = {
            kline.open(), kline.high(), kline.low(), kline.close(), kline.volume()
        };
        for (int i = 0; i < bar.length; i++) {
            if (expected[i].compareTo(bar[i]) != 0) {
                if (shown++ < SHOWN) {
                    System.out.printf(
                            "%s %s: kline %s, bar %s%n",
                            kline.symbol(),
                            Instant.ofEpochMilli(kline.openTimeMs()),
                            new ArrayList<>(List.of(expected)),
                            new ArrayList<>(List.of(bar)));
                }
                return true;
            }
        }
        return false;
    }
}
