package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.Locale;

/** Inspects a dump file in one full pass. */
final class DumpInspection {

    private final Path file;
    private final DumpKind kind;
    private final String symbol;
    private final DumpName name;
    private final RowStatistics statistics = new RowStatistics();

    DumpInspection(Path file, DumpKind kind, String symbol, DumpName name) {
        this.file = file;
        this.kind = kind;
        this.symbol = symbol;
        this.name = name;
    }

    /**
     * Reads the whole file and returns what was found.
     *
     * @throws ArchiveException if it is damaged, has other columns or mixes units of time
     */
    ArchiveFile run() {
        return kind == DumpKind.KLINES ? klines() : trades();
    }

    private ArchiveFile trades() {
        try (CsvTradeRows rows = new CsvTradeRows(file, kind)) {
            TradeRow row = rows.row();
            while (rows.next()) {
                if (row.malformedReason == null) {
                    statistics.add(row.id, row.timeUs);
                } else {
                    malformed(row.malformedReason, row.line);
                }
            }
            statistics.microseconds = rows.micros();
            return statistics.ofDump(file, kind, symbol, name, rows.header());
        }
    }

    private ArchiveFile klines() {
        try (KlineRows rows = new KlineRows(file, symbol)) {
            while (rows.next()) {
                if (rows.malformedReason() == null) {
                    statistics.add(rows.openTimeUs(), rows.openTimeUs());
                } else {
                    malformed(rows.malformedReason(), rows.line());
                }
            }
            statistics.microseconds = rows.micros();
            return statistics.ofDump(file, kind, symbol, name, rows.header());
        }
    }

    private void malformed(String reason, long line) {
        if (reason.equals(TradeRow.OTHER_TIME_UNIT)) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Times in milliseconds and in microseconds are mixed: path=%s:%d. Split the file where the unit changes.",
                            file,
                            line));
        }
        statistics.malformed++;
    }
}
