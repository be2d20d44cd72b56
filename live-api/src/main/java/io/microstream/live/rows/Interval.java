package io.microstream.live.rows;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The length of time that a row covers: a minute as it is, or a roll-up of minutes. */
public enum Interval {
    MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    QUARTER("15m", Duration.ofMinutes(15)),
    HOUR("1h", Duration.ofHours(1)),
    FOUR_HOURS("4h", Duration.ofHours(4)),
    DAY("1d", Duration.ofDays(1));

    private final String text;
    private final Duration length;

    Interval(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    /** Returns the interval as clients write it: {@code 5m}. */
    public String text() {
        return text;
    }

    /** Returns its length; buckets begin at multiples of it since 1970 in UTC. */
    public Duration length() {
        return length;
    }

    /**
     * Returns the interval that a text names.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Interval of(String text) {
        return Arrays.stream(values())
                .filter(interval -> interval.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Unknown interval: interval="
                                                + text
                                                + ". Give one of "
                                                + Arrays.stream(values())
                                                        .map(Interval::text)
                                                        .collect(Collectors.joining(", "))));
    }
}
