package io.microstream.binance.replay.dump;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How much of history one dump file holds, in UTC. */
public enum DumpPeriod {
    /** A file a day, {@code …-2025-06-01.zip}. */
    DAILY("uuuu-MM-dd"),
    /** A file a month, {@code …-2025-06.zip}. */
    MONTHLY("uuuu-MM");

    private final DateTimeFormatter label;

    DumpPeriod(String pattern) {
        this.label = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /** Returns the first day of the period that holds a time. */
    LocalDate startOf(long timeMs) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(timeMs), ZoneOffset.UTC);
        return this == DAILY ? day : day.withDayOfMonth(1);
    }

    /** Returns the first day after the period. */
    LocalDate endOf(LocalDate start) {
        return this == DAILY ? start.plusDays(1) : start.plusMonths(1);
    }

    /** Returns the period as file names write it. */
    String label(LocalDate start) {
        return label.format(start);
    }

    static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
