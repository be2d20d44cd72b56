package io.microstream.standalone.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Parses durations as users type them: 60s, 5m, 1h. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(3_653);

    private Durations() {}

    /** Returns the value of {@code --for}; zero, for no limit, if it was not given. */
    static Duration limit(String text) {
        return text == null ? Duration.ZERO : parse("for", text, "60s, 5m or 1h");
    }

    /**
     * Parses a duration, which must be above zero and at most ten years.
     *
     * @param option name of the option, for the message
     * @param examples of valid values, for the message
     * @throws BadUsage if the text is no duration above zero
     */
    static Duration parse(String option, String text, String examples) {
        try {
            Duration duration = Duration.parse("PT" + text.strip());
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw refused(option, text, examples);
        }
        throw refused(option, text, examples);
    }

    private static BadUsage refused(String option, String text, String examples) {
        return new BadUsage("Invalid duration: " + option + "=" + text + ". Give " + examples);
    }
}
