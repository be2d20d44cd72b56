package io.microstream.standalone.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats event times in UTC, to the minute. */
public final class Times {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    static String ofMicros(long us) {
        return MINUTES.format(Instant.ofEpochMilli(us / 1000));
    }
}
