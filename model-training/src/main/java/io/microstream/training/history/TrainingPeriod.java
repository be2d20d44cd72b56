package io.microstream.training.history;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interval of whole UTC days.
 *
 * @param fromMs first millisecond since the epoch
 * @param toMs end, exclusive
 */
public record TrainingPeriod(long fromMs, long toMs) {

    static final long DAY_MS = 24L * 60 * 60 * 1000;

    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?");

    public TrainingPeriod {
        if (fromMs < 0 || fromMs >= toMs) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Training period is empty: fromMs=%d toMs=%d. Let it end after it begins.",
                            fromMs,
                            toMs));
        }
    }

    /**
     * Parses the period from the first millisecond of {@code from} to the last of {@code to}, each
     * a year, month or day: {@code 2024}, {@code 2024-06}, {@code 2024-06-30}.
     *
     * @throws TrainingException if one is no such date, or the end comes before the beginning
     */
    public static TrainingPeriod parse(String from, String to) {
        long fromMs = bounds("from", from)[0];
        long toMs = bounds("to", to)[1];
        if (fromMs >= toMs) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Training period ends before it begins: from=%s to=%s. Exchange them.",
                            from,
                            to));
        }
        return new TrainingPeriod(fromMs, toMs);
    }

    /** Returns the first millisecond of a year, month or day, and that of the next. */
    private static long[] bounds(String name, String text) {
        Matcher date = DATE.matcher(text);
        try {
            if (date.matches()) {
                return bounds(date);
            }
        } catch (DateTimeException e) {
            throw notADate(name, text, e);
        }
        throw notADate(name, text, null);
    }

    private static long[] bounds(Matcher date) {
        int year = Integer.parseInt(date.group(1));
        if (date.group(2) == null) {
            return days(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
        }
        YearMonth month = YearMonth.of(year, Integer.parseInt(date.group(2)));
        if (date.group(3) == null) {
            return days(month.atDay(1), month.plusMonths(1).atDay(1));
        }
        LocalDate day = month.atDay(1).withDayOfMonth(Integer.parseInt(date.group(3)));
        return days(day, day.plusDays(1));
    }

    private static long[] days(LocalDate first, LocalDate after) {
        return new long[] {millis(first), millis(after)};
    }

    public static long millis(LocalDate day) {
        return day.toEpochDay() * DAY_MS;
    }

    public static LocalDate day(long ms) {
        return LocalDate.ofEpochDay(Math.floorDiv(ms, DAY_MS));
    }

    /** Returns the number of months since the epoch; long sequences are cut where it changes. */
    public static int month(long ms) {
        LocalDate day = day(ms);
        return (day.getYear() - 1970) * 12 + day.getMonthValue() - 1;
    }

    /** Formats a time to the minute, in UTC: {@code 2024-06-30 23:59}. */
    public static String minute(long ms) {
        var time = java.time.Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
        return String.format(
                Locale.ROOT, "%s %02d:%02d", time.toLocalDate(), time.getHour(), time.getMinute());
    }

    private static TrainingException notADate(String name, String text, DateTimeException cause) {
        return new TrainingException(
                String.format(
                        Locale.ROOT,
                        "Not a date: %s=%s. Give a UTC year, month or day: 2024, 2024-06 or 2024-06-30.",
                        name,
                        text),
                cause);
    }

    /** Returns the first and the last minute: {@code 2024-06-01 00:00 to 2024-06-30 23:59}. */
    @Override
    public String toString() {
        return minute(fromMs) + " to " + minute(toMs - 1);
    }
}
