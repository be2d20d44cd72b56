package io.microstream.standalone.cli;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.InspectedFiles;
import io.microstream.binance.archive.KlineReader;
import io.microstream.binance.replay.dump.AggTradeDump;
import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.synthesis.KlineSynthesizer;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes aggregate trades in Binance's dump format. */
@Command(
        name = "synthesize",
        mixinStandardHelpOptions = true,
        description = {
            "Writes aggregate trades in Binance's dump format whose one-minute bars equal the given klines"
                    + " exactly.",
            "Without --klines it simulates a market of three regimes and writes its trades, its klines and its"
                    + " true regimes (states.csv)."
        })
final class SynthesizeCommand implements Callable<Integer> {

    private static final LocalDate FIRST_START = LocalDate.of(2009, 1, 3);
    private static final LocalDate LAST_START = LocalDate.of(2089, 12, 31);

    @Option(
            names = "--klines",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Klines to reproduce: files or folders")
    private List<Path> klines = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the dumps")
    private Path out;

    @Option(
            names = "--trades-per-minute",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Average number of aggregate trades per minute (default: ${DEFAULT-VALUE})")
    private int tradesPerMinute;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the generated trades (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "S,S",
            description =
                    "Symbols to take from the klines (default: all) or to simulate (default: BTCUSDT)")
    private Set<String> symbols = new LinkedHashSet<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "1",
            description = "Length of the simulated market in days (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--start",
            paramLabel = "DATE",
            defaultValue = "2026-01-01",
            description = "First day of the simulated market (default: ${DEFAULT-VALUE})")
    private LocalDate start;

    @Option(names = "--daily", description = "Write one file per day instead of per month")
    private boolean daily;

    @Option(names = "--csv", description = "Write plain CSV instead of zip")
    private boolean csv;

    @Override
    public Integer call() throws Exception {
        OptionFaults.requireWithin("trades-per-minute", tradesPerMinute, 1, 1_000_000);
        OptionFaults.requireWithin("days", days, 1, 3_653);
        OptionFaults.requireSymbols("symbols", symbols);
        if (start.isBefore(FIRST_START) || start.isAfter(LAST_START)) {
            throw new BadUsage(
                    "Not possible: start=" + start + ". Give " + FIRST_START + " to " + LAST_START);
        }
        Outputs.requireFolder("out", out);
        DumpFormat format = daily ? DumpFormat.DAILY : DumpFormat.MONTHLY;
        format = csv ? format.plain() : format;
        if (klines.isEmpty()) {
            simulate(format);
        } else {
            fromKlines(format);
        }
        return 0;
    }

    private void simulate(DumpFormat format) throws IOException {
        List<String> simulated = symbols.isEmpty() ? List.of("BTCUSDT") : List.copyOf(symbols);
        SimulatedMarket market =
                new SimulatedMarket(
                        simulated,
                        start.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli(),
                        days * 1440L,
                        seed);
        market.writeTrades(out, format, tradesPerMinute).forEach(System.out::println);
        market.writeKlines(out.resolve("klines"), format, tradesPerMinute)
                .forEach(System.out::println);
        System.out.println(market.writeStates(out));
    }

    private void fromKlines(DumpFormat format) throws IOException {
        InspectedFiles inspected = ArchiveCatalog.inspectAll(DumpKind.KLINES, klines, symbols);
        inspected.warnings().forEach(warning -> System.out.println("warning: " + warning));
        if (inspected.unreadable().count() > 0) {
            throw new UserError(
                    "Klines unreadable: "
                            + inspected.unreadable().line().orElseThrow()
                            + ". Fix or remove the file");
        }
        Map<String, List<ArchiveFile>> bySymbol =
                inspected.files().stream()
                        .collect(
                                Collectors.groupingBy(
                                        ArchiveFile::symbol, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<ArchiveFile>> entry : bySymbol.entrySet()) {
            String symbol = entry.getKey();
            try (KlineReader bars =
                            KlineReader.open(
                                    entry.getValue(),
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE,
                                    inspected.unreadable());
                    AggTradeDump dump = new AggTradeDump(out, symbol, format)) {
                long trades =
                        new KlineSynthesizer(symbol, seed, tradesPerMinute).synthesize(bars, dump);
                List<Path> files = dump.finish();
                System.out.printf(
                        "%s: %,d trades in %d file%s%n",
                        symbol, trades, files.size(), files.size() == 1 ? "" : "s");
                files.forEach(System.out::println);
            }
        }
    }
}
