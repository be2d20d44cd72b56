package io.microstream.live.cases;

import io.microstream.live.rows.Symbols;
import io.microstream.market.Bar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * What a case is about: a minute of a symbol and as many minutes before and after it.
 *
 * @param symbol as the exchange names it
 * @param momentMs open time of the minute, milliseconds since the epoch
 * @param minutes before and after it, 1 … {@link #MAX_MINUTES}
 */
public record CaseWindow(String symbol, long momentMs, int minutes) {

    /** Minutes on each side if nobody says otherwise. */
    public static final int DEFAULT_MINUTES = 15;

    /** The longest case: four hours on each side. */
    public static final int MAX_MINUTES = 240;

    private static final long YEAR_10000_MS = 253_402_300_800_000L;

    public CaseWindow {
        if (!Symbols.isName(symbol)) {
            throw new IllegalArgumentException(
                    "Not a symbol: symbol=" + printable(symbol) + ". Give one like BTCUSDT");
        }
        if (minutes < 1 || minutes > MAX_MINUTES) {
            throw new IllegalArgumentException(
                    "Minutes out of range: minutes=" + minutes + ". Give 1 to " + MAX_MINUTES);
        }
        if (momentMs < 0 || momentMs >= YEAR_10000_MS) {
            throw new IllegalArgumentException(
                    "Time out of range: at=" + momentMs + ". Give a time of 1970 to 9999");
        }
        momentMs = Math.floorDiv(momentMs, Bar.MINUTE_MS) * Bar.MINUTE_MS;
    }

    /** Returns the first millisecond of the window. */
    public long fromMs() {
        return momentMs - minutes * Bar.MINUTE_MS;
    }

    /** Returns the end of the window, exclusive, in milliseconds. */
    public long toMs() {
        return momentMs + (minutes + 1) * Bar.MINUTE_MS;
    }

    /** Returns how many bars a window without gaps has. */
    public int bars() {
        return 2 * minutes + 1;
    }

    /** Returns the open time of the minute. */
    public Instant moment() {
        return Instant.ofEpochMilli(momentMs);
    }

    /** Returns the first instant of the window. */
    public Instant from() {
        return Instant.ofEpochMilli(fromMs());
    }

    /** Returns the end of the window, exclusive. */
    public Instant to() {
        return Instant.ofEpochMilli(toMs());
    }

    /** A name for its file: {@code case-BTCUSDT-20260105T0017Z.zip}. */
    public String fileName() {
        String compact = moment().toString().substring(0, 16).replaceAll("[-:]", "");
        return "case-" + symbol.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + compact + "Z.zip";
    }

    /**
     * The milliseconds of a time as people write it: ISO-8601 (UTC if it names no offset, seconds
     * may be left out, a blank may stand for the T) or milliseconds since the epoch.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static long parseMs(String text) {
        String time = text.strip();
        try {
            if (time.matches("[0-9]{1,18}")) {
                return Long.parseLong(time);
            }
            String iso = time.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
            boolean offset = iso.matches(".*T.*([zZ]|[+-]\\d{2}(:?\\d{2})?)");
            return offset
                    ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Not a time: at="
                            + printable(text)
                            + ". Give ISO-8601 such as 2026-01-05T00:17:00Z, or milliseconds since 1970",
                    e);
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    }
}
