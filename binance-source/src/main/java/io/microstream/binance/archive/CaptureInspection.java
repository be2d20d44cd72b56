package io.microstream.binance.archive;

import io.microstream.binance.wire.FrameParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Inspects a capture, which may hold many symbols, in one full pass. */
final class CaptureInspection {

    private static final String NO_SYMBOL = "";

    private final Path file;
    private final UnreadableRows unreadable = new UnreadableRows();
    private final Map<String, Tally> tallies = new TreeMap<>();

    CaptureInspection(Path file) {
        this.file = file;
    }

    /** Returns the lines that are no frames. */
    UnreadableRows unreadable() {
        return unreadable;
    }

    /** Returns the symbols that have readable trades, sorted by name. */
    Set<String> symbols() {
        Set<String> symbols = new TreeSet<>();
        tallies.forEach(
                (symbol, tally) -> {
                    if (tally.hasTrades()) {
                        symbols.add(symbol);
                    }
                });
        return symbols;
    }

    /**
     * Reads the whole file; returns one result for each requested symbol that has trades (for all
     * of them if {@code asked} is empty), in the order of their first trades.
     *
     * @throws ArchiveException if the file is damaged or no line of it is a frame
     */
    List<FileFindings> run(Set<String> asked) {
        count();
        List<String> found =
                symbols().stream()
                        .filter(s -> asked.isEmpty() || asked.contains(s))
                        .sorted(Comparator.comparingLong(s -> tallies.get(s).firstTradeLine))
                        .toList();
        List<FileFindings> files = new ArrayList<>();
        for (String symbol : found) {
            Tally tally = tallies.get(symbol);
            RowStatistics statistics = tally.chosen();
            if (files.isEmpty()) {
                addRest(statistics, found);
            }
            ArchiveFile described = statistics.ofCapture(file, symbol, found, tally.aggregated());
            files.add(new FileFindings(described, DumpName.NONE, statistics, ""));
        }
        return files;
    }

    private void count() {
        long readable = 0;
        long lines = 0;
        try (CaptureFrames frames = new CaptureFrames(file)) {
            while (frames.next()) {
                lines++;
                readable += frames.malformed() ? 0 : 1;
                count(frames);
            }
        }
        if (lines > 0 && readable == 0) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Not a capture: path=%s lines=%d, none is a frame. Give a file of lines '<receive ns> <JSON>'. First: %s",
                            file,
                            lines,
                            unreadable.first()));
        }
    }

    private void count(CaptureFrames frames) {
        FrameParser frame = frames.frame;
        String symbol = frame.symbol() == null ? NO_SYMBOL : frame.symbol();
        Tally tally = tallies.get(symbol);
        if (tally == null) {
            tally = new Tally();
            tallies.put(symbol, tally);
        }
        if (frames.malformed()) {
            tally.malformed++;
            unreadable.accept(
                    file.toString(),
                    frames.lines.line,
                    frames.malformedReason(),
                    frames.malformedText());
            return;
        }
        switch (frame.type()) {
            case TRADE, NOT_A_TRADE -> tally.trade(tally.trades, frame, frames.lines.line);
            case AGG_TRADE -> tally.trade(tally.aggTrades, frame, frames.lines.line);
            default -> tally.others++;
        }
    }

    /** Counts the frames that belong to none of the reported symbols with the first of these. */
    private void addRest(RowStatistics first, List<String> reported) {
        tallies.forEach(
                (symbol, tally) -> {
                    if (!reported.contains(symbol)) {
                        first.malformed += tally.malformed;
                        first.ignored += tally.others + tally.trades.rows + tally.aggTrades.rows;
                    }
                });
    }

    /** Counts the frames of one symbol. */
    private static final class Tally {
        final RowStatistics trades = new RowStatistics(DumpName.NONE, 0);
        final RowStatistics aggTrades = new RowStatistics(DumpName.NONE, 0);
        long firstTradeLine;
        long malformed;
        long others;

        void trade(RowStatistics into, FrameParser frame, long line) {
            if (!hasTrades()) {
                firstTradeLine = line;
            }
            into.add(frame.id(), frame.timeUs(), frame.price());
            into.microseconds |= frame.timeUs() % 1_000 != 0;
        }

        boolean hasTrades() {
            return trades.rows + aggTrades.rows > 0;
        }

        boolean aggregated() {
            return aggTrades.rows > 0;
        }

        RowStatistics chosen() {
            RowStatistics chosen = aggregated() ? aggTrades : trades;
            chosen.malformed = malformed;
            chosen.ignored = others + (aggregated() ? trades.rows : 0);
            return chosen;
        }
    }
}
