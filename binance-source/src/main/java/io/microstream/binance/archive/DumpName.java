package io.microstream.binance.archive;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the file names of Binance's dumps: {@code BTCUSDT-aggTrades-2025-06.zip}, {@code
 * BTCUSDT-1m-2025-06-01.csv}.
 *
 * @param symbol upper case as written; null if the name is not Binance's
 * @param part what stands between symbol and date: {@code aggTrades}, {@code trades}, {@code 1m},
 *     another kline interval; null if the name is not Binance's
 * @param periodFromUs start of the UTC day or month; −1 if the name has no date
 * @param periodToUs its end, exclusive; −1 if the name has no date
 */
record DumpName(String symbol, String part, long periodFromUs, long periodToUs) {

    private static final Pattern NAME =
            Pattern.compile("(.+?)-(aggTrades|trades|\\d+(?:s|m|h|d|w|mo))-(.+)");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})(?:-(\\d{2}))?");
    private static final Pattern EXTENSIONS =
            Pattern.compile("(?:\\.(?:csv|zip|gz|txt|jsonl|ndjson))+$");

    /** The name of a file that promises nothing. */
    static final DumpName NONE = new DumpName(null, null, -1, -1);

    static DumpName of(Path file) {
        String base = EXTENSIONS.matcher(file.getFileName().toString()).replaceFirst("");
        Matcher name = NAME.matcher(base);
        if (!name.matches()) {
            return NONE;
        }
        Matcher date = DATE.matcher(name.group(3));
        if (date.matches()) {
            try {
                return dated(name.group(1), name.group(2), date);
            } catch (DateTimeException e) {
                return new DumpName(name.group(1), name.group(2), -1, -1);
            }
        }
        return new DumpName(name.group(1), name.group(2), -1, -1);
    }

    private static DumpName dated(String symbol, String part, Matcher date) {
        int year = Integer.parseInt(date.group(1));
        int month = Integer.parseInt(date.group(2));
        LocalDate from = YearMonth.of(year, month).atDay(1);
        LocalDate to = from.plusMonths(1);
        if (date.group(3) != null) {
            from = LocalDate.of(year, month, Integer.parseInt(date.group(3)));
            to = from.plusDays(1);
        }
        return new DumpName(symbol, part, micros(from), micros(to));
    }

    private static long micros(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000;
    }

    /** Returns whether the name contains this kind. */
    boolean isOf(DumpKind kind) {
        return part != null && part.equals(partOf(kind));
    }

    /** Returns the part of a file name that stands for the kind; empty for captures. */
    static String partOf(DumpKind kind) {
        return switch (kind) {
            case AGG_TRADES -> "aggTrades";
            case TRADES -> "trades";
            case KLINES -> "1m";
            case CAPTURE -> "";
        };
    }

    /** Returns false only if the name's period lies outside {@code [fromUs, toUs)}. */
    boolean mayTouch(long fromUs, long toUs) {
        return periodFromUs < 0 || (periodFromUs < toUs && periodToUs > fromUs);
    }

    /** Returns false only if a time lies outside the name's period by more than a tolerance. */
    boolean mayHold(long timeUs, long toleranceUs) {
        return periodFromUs < 0
                || (timeUs >= periodFromUs - toleranceUs && timeUs < periodToUs + toleranceUs);
    }

    boolean holdsInFirstMinute(long timeUs) {
        return periodFromUs >= 0 && timeUs >= periodFromUs && timeUs < periodFromUs + 60_000_000;
    }

    boolean holdsInLastMinute(long timeUs) {
        return periodToUs >= 0 && timeUs < periodToUs && timeUs >= periodToUs - 60_000_000;
    }
}
