package io.microstream.training.history;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.InspectedFiles;
import io.microstream.binance.archive.KlineReader;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.market.Bar;
import io.microstream.models.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Recorded bars of one or several symbols as features, split in time: rows before the cut are
 * trained on, rows from the cut on are held out.
 *
 * <p>The cut is the end of the requested period if at least a day of bars lies after it; otherwise
 * the last fifth of what the period holds is held out. Each symbol's features continue across the
 * cut without a break, as they would in the job. Memory: 88 bytes a bar.
 *
 * @param symbols in alphabetical order
 * @param fromMs open time of the first bar
 * @param cutMs first open time of the hold-out
 * @param isAfterPeriod whether the hold-out lies after the requested period
 * @param files how many files were read
 * @param malformedRows rows that could not be read
 */
public record TrainingHistory(
        List<SymbolHistory> symbols,
        long fromMs,
        long cutMs,
        boolean isAfterPeriod,
        int files,
        long malformedRows) {

    /**
     * Reads the klines of a request.
     *
     * @param unreadable receives the rows that cannot be read
     * @throws io.microstream.binance.archive.ArchiveException if a file is missing or damaged
     * @throws TrainingException if the period holds no bar
     */
    public static TrainingHistory read(
            TrainingRequest request, UnreadableRows unreadable, Consumer<String> progress) {
        boolean all = request.symbol().equals(ModelArtifact.ANY_SYMBOL);
        long fromMs = request.period().fromMs();
        InspectedFiles inspected =
                ArchiveCatalog.inspectAll(
                        DumpKind.KLINES,
                        request.klines(),
                        all ? Set.of() : Set.of(request.symbol()),
                        fromMs * 1000,
                        Long.MAX_VALUE);
        inspected.warnings().forEach(warning -> progress.accept("warning: " + warning));
        List<ArchiveFile> files =
                inspected.files().stream()
                        .filter(file -> file.rows() > 0 && file.lastTimeUs() >= fromMs * 1000)
                        .toList();
        Range range = Range.of(files, request);
        Map<String, List<ArchiveFile>> bySymbol =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ArchiveFile::symbol, TreeMap::new, Collectors.toList()));
        List<SymbolHistory> histories = new ArrayList<>();
        bySymbol.forEach(
                (symbol, own) -> {
                    progress.accept("reading " + symbol + " files=" + own.size());
                    histories.add(read(symbol, own, range, unreadable));
                });
        return new TrainingHistory(
                histories,
                range.fromMs(),
                range.cutMs(),
                range.isAfterPeriod(),
                files.size(),
                unreadable.count());
    }

    private static SymbolHistory read(
            String symbol, List<ArchiveFile> files, Range range, UnreadableRows unreadable) {
        int atMost = Math.toIntExact(files.stream().mapToLong(ArchiveFile::rows).sum());
        try (KlineReader bars =
                KlineReader.open(files, range.fromMs(), range.endMs(), unreadable)) {
            return new SymbolHistory(symbol, bars, range.cutMs(), atMost);
        }
    }

    /** The interval that is read, and where it is cut. */
    private record Range(long fromMs, long cutMs, long endMs, boolean isAfterPeriod) {

        static Range of(List<ArchiveFile> files, TrainingRequest request) {
            TrainingPeriod period = request.period();
            long first =
                    files.stream().mapToLong(ArchiveFile::firstTimeUs).min().orElse(Long.MAX_VALUE)
                            / 1000;
            long last = files.stream().mapToLong(ArchiveFile::lastTimeUs).max().orElse(-1) / 1000;
            long from = Math.max(period.fromMs(), first);
            if (from >= period.toMs()) {
                throw new TrainingException(
                        String.format(
                                Locale.ROOT,
                                "No klines in the period: symbol=%s period=%s found=%s. Choose another period or add files.",
                                request.symbol(),
                                period,
                                last < 0 ? "none" : "from " + TrainingPeriod.minute(first)));
            }
            if (last >= period.toMs() + TrainingPeriod.DAY_MS - Bar.MINUTE_MS) {
                return new Range(from, period.toMs(), Long.MAX_VALUE, true);
            }
            long end = Math.min(last + Bar.MINUTE_MS, period.toMs());
            long cut = from + (end - from) / 5 * 4;
            return new Range(from, cut - cut % Bar.MINUTE_MS, end, false);
        }
    }
}
