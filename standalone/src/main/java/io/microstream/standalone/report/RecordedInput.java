package io.microstream.standalone.report;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.InspectedFiles;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.job.ends.ConfiguredSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The recorded files of a run, inspected before it starts. The report checks the run against their
 * row count.
 *
 * @param kind of the files
 * @param files of the feed
 * @param history kline files from before the input
 * @param warnings of the inspection
 * @param unreadable rows of the feed that cannot be read
 * @param unreadableHistory rows of the history that cannot be read
 */
public record RecordedInput(
        DumpKind kind,
        List<ArchiveFile> files,
        List<ArchiveFile> history,
        List<String> warnings,
        UnreadableRows unreadable,
        UnreadableRows unreadableHistory)
        implements RunInput {

    /**
     * Inspects the files; their history is limited to the symbols found.
     *
     * @param symbols to read; empty for every symbol found
     */
    public static RecordedInput inspect(
            DumpKind kind, List<Path> paths, Set<String> symbols, List<Path> historyPaths) {
        InspectedFiles feed = ArchiveCatalog.inspectAll(kind, paths, symbols);
        Set<String> found = new TreeSet<>();
        feed.files().forEach(file -> found.add(file.symbol()));
        InspectedFiles history = ConfiguredSources.history(historyPaths, found);
        List<String> warnings = new ArrayList<>(feed.warnings());
        warnings.addAll(history.warnings());
        return new RecordedInput(
                kind,
                feed.files(),
                history.files(),
                warnings,
                feed.unreadable(),
                history.unreadable());
    }

    @Override
    public Set<String> symbols() {
        Set<String> symbols = new TreeSet<>();
        files.forEach(file -> symbols.add(file.symbol()));
        return symbols;
    }

    @Override
    public long rows() {
        return files.stream().mapToLong(file -> file.rows() + file.malformed()).sum();
    }

    @Override
    public long firstTimeUs() {
        return files.stream()
                .filter(file -> file.rows() > 0)
                .mapToLong(ArchiveFile::firstTimeUs)
                .min()
                .orElse(0);
    }

    @Override
    public long lastTimeUs() {
        return files.stream().mapToLong(ArchiveFile::lastTimeUs).max().orElse(0);
    }

    @Override
    public String firstUnreadable() {
        return unreadable.first();
    }

    @Override
    public List<String> losses() {
        return unreadableHistory.line().map(line -> "history: " + line).stream().toList();
    }

    @Override
    public boolean isKlines() {
        return kind == DumpKind.KLINES;
    }

    @Override
    public String describe() {
        return "%,d rows of %s in %d file%s, %s to %s"
                .formatted(
                        rows(),
                        String.join(", ", symbols()),
                        files.size(),
                        files.size() == 1 ? "" : "s",
                        Times.ofMicros(firstTimeUs()),
                        Times.ofMicros(lastTimeUs()));
    }
}
