package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Inspects recorded files before anything is read from them: finds them, verifies checksums, counts
 * rows and determines ids, times and order. It makes one full pass over each file.
 */
public final class ArchiveCatalog {

    private static final Comparator<ArchiveFile> BY_SYMBOL_AND_START =
            Comparator.comparing(ArchiveFile::symbol)
                    .thenComparingLong(ArchiveFile::firstId)
                    .thenComparingLong(ArchiveFile::firstTimeUs)
                    .thenComparingLong(ArchiveFile::lastId)
                    .thenComparing(ArchiveFile::path);

    private static final int SHOWN = 5;

    private final DumpKind kind;
    private final Set<String> asked;
    private final Set<String> known = new TreeSet<>();
    private final List<FileFindings> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final UnreadableRows unreadable = new UnreadableRows();

    private ArchiveCatalog(DumpKind kind, Set<String> asked) {
        this.kind = kind;
        this.asked = asked;
    }

    /**
     * Inspects all files of a kind.
     *
     * @param inputs files, or folders to be searched with all that is below
     * @param symbols the symbols wanted; empty for all there are
     * @throws ArchiveException if an input is missing, damaged, of another kind, mixes units of
     *     time, fails its checksum, cannot be read at all or contradicts its name or the others, or
     *     if a symbol asked for is nowhere
     */
    public static InspectedFiles inspectAll(
            DumpKind kind, Collection<Path> inputs, Set<String> symbols) {
        return inspectAll(kind, inputs, symbols, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * Inspects as {@link #inspectAll} does the files of the given symbols, of which there may be
     * none.
     */
    public static InspectedFiles inspectAny(
            DumpKind kind, Collection<Path> inputs, Set<String> symbols) {
        return inspectAll(kind, inputs, symbols, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }

    /** Inspects as {@link #inspectAll} does and returns the files alone. */
    public static List<ArchiveFile> inspect(
            DumpKind kind, Collection<Path> inputs, Set<String> symbols) {
        return inspectAll(kind, inputs, symbols).files();
    }

    /**
     * Inspects the files that may hold something of a time range: those named after another day or
     * month are not opened.
     *
     * @param fromUs first microsecond wanted
     * @param toUs end of the range, exclusive
     */
    public static InspectedFiles inspectAll(
            DumpKind kind, Collection<Path> inputs, Set<String> symbols, long fromUs, long toUs) {
        return inspectAll(kind, inputs, symbols, fromUs, toUs, true);
    }

    private static InspectedFiles inspectAll(
            DumpKind kind,
            Collection<Path> inputs,
            Set<String> symbols,
            long fromUs,
            long toUs,
            boolean each) {
        Set<String> asked =
                symbols.stream().map(s -> s.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        ArchiveCatalog catalog = new ArchiveCatalog(kind, asked);
        for (Path file : new ArchiveSearch(kind).find(inputs)) {
            catalog.inspect(file, fromUs, toUs);
        }
        if (each) {
            catalog.checkSymbols();
        }
        catalog.checkIds();
        catalog.checkContradictions();
        return new InspectedFiles(
                catalog.files.stream().map(FileFindings::file).sorted(BY_SYMBOL_AND_START).toList(),
                catalog.warnings,
                catalog.unreadable);
    }

    private void inspect(Path file, long fromUs, long toUs) {
        if (kind == DumpKind.CAPTURE) {
            Checksum.verify(file);
            CaptureInspection capture = new CaptureInspection(file);
            List<FileFindings> found = capture.run(asked);
            files.addAll(found);
            known.addAll(capture.symbols());
            if (!found.isEmpty()) {
                unreadable.add(capture.unreadable());
            }
            return;
        }
        DumpName name = DumpName.of(file);
        String symbol = symbolOf(file, name);
        known.add(symbol);
        if ((asked.isEmpty() || asked.contains(symbol)) && name.mayTouch(fromUs, toUs)) {
            Checksum.verify(file);
            DumpInspection dump = new DumpInspection(file, kind, symbol, name, warnings);
            files.add(dump.run());
            unreadable.add(dump.unreadable());
        }
    }

    private String symbolOf(Path file, DumpName name) {
        if (name.symbol() != null) {
            return name.symbol().toUpperCase(Locale.ROOT);
        }
        if (asked.size() != 1) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "File name contains no symbol: path=%s asked=%s. Ask for exactly one symbol or rename it to SYMBOL-%s-YYYY-MM-DD.csv.",
                            file,
                            new TreeSet<>(asked),
                            DumpName.partOf(kind)));
        }
        return asked.iterator().next();
    }

    private void checkSymbols() {
        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Symbol not in the files: asked=%s found=%s kind=%s. Choose among those found or add files.",
                            missing,
                            known,
                            kind));
        }
        if (!files.isEmpty() && files.stream().allMatch(file -> file.rows().rows == 0)) {
            throw new ArchiveException(
                    "No rows in the files: paths="
                            + files.stream().map(FileFindings::path).limit(SHOWN).toList()
                            + ". Give files that hold rows.");
        }
        if (known.isEmpty()) {
            throw new ArchiveException(
                    "No trades in the files: kind=" + kind + ". Give files with trade frames.");
        }
    }

    /** Refuses or warns of files that contradict their names or each other. */
    private void checkContradictions() {
        Map<String, List<FileFindings>> bySymbol =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        findings -> findings.file().symbol(),
                                        TreeMap::new,
                                        Collectors.toList()));
        for (List<FileFindings> own : bySymbol.values()) {
            new PeriodChecks(own, warnings).check();
            new MarketChecks(own, warnings).check();
        }
    }

    /** Refuses a symbol that has single trades in one file and aggregate trades in another. */
    private void checkIds() {
        Map<String, ArchiveFile> first = new HashMap<>();
        for (FileFindings findings : files) {
            ArchiveFile file = findings.file();
            ArchiveFile other = first.putIfAbsent(file.symbol(), file);
            if (other != null && other.aggregated() != file.aggregated()) {
                throw new ArchiveException(
                        String.format(
                                Locale.ROOT,
                                "Single and aggregate trades are mixed: symbol=%s path=%s path=%s. Read them in two runs.",
                                file.symbol(),
                                other.path(),
                                file.path()));
            }
        }
    }
}
