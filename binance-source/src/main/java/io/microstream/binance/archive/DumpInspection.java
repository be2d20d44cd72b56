package io.microstream.binance.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Inspects a dump file in one full pass. */
final class DumpInspection {

    /** A file with as many trades of which one side was always the taker is suspicious. */
    static final int ONE_SIDED = 1_000;

    /** Klines with six columns show their interval in as many steps, if all are multiples of it. */
    static final int INTERVAL_ROWS = 16;

    private static final long TOLERANCE_US = 1_000_000;
    private static final long MINUTE_US = 60_000_000;

    private final Path file;
    private final DumpKind kind;
    private final String symbol;
    private final DumpName name;
    private final List<String> warnings;
    private final UnreadableRows unreadable = new UnreadableRows();
    private final RowStatistics statistics;

    /**
     * @param warnings receives what looks wrong in the file itself
     */
    DumpInspection(Path file, DumpKind kind, String symbol, DumpName name, List<String> warnings) {
        this.file = file;
        this.kind = kind;
        this.symbol = symbol;
        this.name = name;
        this.warnings = warnings;
        this.statistics = new RowStatistics(name, kind == DumpKind.KLINES ? 0 : TOLERANCE_US);
    }

    /** Returns the rows that could not be read. */
    UnreadableRows unreadable() {
        return unreadable;
    }

    /**
     * Reads the whole file and returns what was found.
     *
     * @throws ArchiveException if it is damaged, has other columns, mixes units of time, holds
     *     nothing that can be read, or another symbol, kind or interval than its name says
     */
    FileFindings run() {
        checkEntry();
        FileFindings found = kind == DumpKind.KLINES ? klines() : trades();
        if (statistics.rows == 0 && statistics.malformed > 0) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "No row can be read: path=%s rows=%d. Give a dump as Binance publishes it. First: %s",
                            file,
                            statistics.malformed,
                            unreadable.first()));
        }
        return found;
    }

    private void checkEntry() {
        Optional<ZipChoice> choice;
        try {
            choice = ArchiveBytes.choice(file);
        } catch (IOException e) {
            throw ByteLines.unreadable(file, 0, e);
        }
        choice.ifPresent(this::checkEntry);
    }

    private void checkEntry(ZipChoice choice) {
        String entry = choice.entry().getName();
        DumpName inside = DumpName.of(Path.of(entry).getFileName());
        boolean otherSymbol = inside.symbol() != null && !inside.symbol().equalsIgnoreCase(symbol);
        if (otherSymbol || (inside.part() != null && !inside.isOf(kind))) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Zip holds another file than its name says: path=%s symbol=%s kind=%s entry=%s. Unpack it and give the file under its own name.",
                            file,
                            symbol,
                            DumpName.partOf(kind),
                            entry));
        }
        if (!choice.others().isEmpty()) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%s holds several files: %s was read, %s were not",
                            file,
                            entry,
                            choice.others()));
        }
    }

    private FileFindings trades() {
        try (CsvTradeRows rows = new CsvTradeRows(file, kind)) {
            TradeRow row = rows.row();
            String layout = "";
            boolean buys = false;
            boolean sells = false;
            while (rows.next()) {
                if (row.malformedReason == null) {
                    layout = statistics.rows == 0 ? rows.layout() : layout;
                    statistics.add(row.id, row.timeUs, row.price);
                    buys |= !row.buyerIsMaker;
                    sells |= row.buyerIsMaker;
                } else {
                    malformed(row.malformedReason, row.line, row.malformedText());
                }
            }
            statistics.microseconds = rows.micros();
            if (buys != sells && statistics.rows >= ONE_SIDED) {
                warnings.add(
                        String.format(
                                Locale.ROOT,
                                "%s: in all %,d rows the %s is the taker, which no market does: check where the file comes from",
                                file,
                                statistics.rows,
                                buys ? "buyer" : "seller"));
            }
            warnOfHeaders(rows.repeatedHeaders());
            return findings(rows.header(), layout);
        }
    }

    private FileFindings klines() {
        try (KlineRows rows = new KlineRows(file, symbol)) {
            long step = 0;
            long previous = -1;
            long otherLengths = 0;
            long otherLength = 0;
            while (rows.next()) {
                if (rows.malformedReason() != null) {
                    malformed(rows.malformedReason(), rows.line(), rows.malformedText());
                    continue;
                }
                long minute = rows.openTimeUs() / MINUTE_US;
                statistics.add(minute, rows.openTimeUs(), rows.close8());
                if (!name.mayHold(rows.openTimeUs(), 0)) {
                    unreadable.accept(
                            file.toString(),
                            rows.line(),
                            "open time is outside the period that the file is named after",
                            rows.malformedText());
                }
                step = previous < 0 ? 0 : divisor(step, Math.abs(minute - previous));
                previous = minute;
                if (rows.lengthUs() >= 0 && rows.lengthUs() != MINUTE_US) {
                    otherLengths++;
                    otherLength = rows.lengthUs();
                }
            }
            statistics.microseconds = rows.micros();
            checkInterval(step, otherLengths, otherLength);
            warnOfHeaders(rows.repeatedHeaders());
            return findings(rows.header(), "");
        }
    }

    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    private void checkInterval(long step, long otherLengths, long otherLength) {
        boolean stepped = step > 1 && statistics.rows >= INTERVAL_ROWS;
        if (otherLengths * 2 > statistics.rows || stepped) {
            long minutes = stepped ? step : otherLength / MINUTE_US;
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Klines of another interval: path=%s expected=1m found=%dm. Give one-minute klines.",
                            file,
                            minutes));
        }
        if (otherLengths > 0) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d of %,d klines do not close at the end of their minute",
                            file,
                            otherLengths,
                            statistics.rows));
        }
    }

    private void warnOfHeaders(int repeated) {
        if (repeated > 0) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%s: the line of column names is repeated %,d time%s: several files were put together",
                            file,
                            repeated,
                            repeated == 1 ? "" : "s"));
        }
    }

    private FileFindings findings(boolean header, String layout) {
        ArchiveFile described = statistics.ofDump(file, kind, symbol, header);
        return new FileFindings(described, name, statistics, layout);
    }

    private void malformed(String reason, long line, String text) {
        if (reason.equals(TradeRow.OTHER_TIME_UNIT)) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Times in milliseconds and in microseconds are mixed: path=%s:%d. Split the file where the unit changes.",
                            file,
                            line));
        }
        statistics.addUnreadable();
        unreadable.accept(file.toString(), line, reason, text);
    }
}
