package io.microstream.standalone.report;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.job.ends.ConfiguredSources;
import java.nio.file.Path;
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
 */
public record RecordedInput(DumpKind kind, List<ArchiveFile> files, List<ArchiveFile> history)
        implements RunInput {

    /**
     * Inspects the files; their history is limited to the symbols found.
     *
     * @param symbols to read; empty for every symbol found
     */
    public static RecordedInput inspect(
            DumpKind kind, List<Path> paths, Set<String> symbols, List<Path> historyPaths) {
        List<ArchiveFile> files = ArchiveCatalog.inspect(kind, paths, symbols);
        Set<String> found = new TreeSet<>();
        files.forEach(file -> found.add(file.symbol()));
        return new RecordedInput(kind, files, ConfiguredSources.history(historyPaths, found));
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
