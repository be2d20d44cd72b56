package io.microstream.standalone.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Lengths of time as they are typed: 60s, 5m, 1h. */
final class Durations {

    private Durations() {}

    /** The value of {@code --for}; zero, for no limit, if it was not given. */
    static Duration limit(String text) {
        return text == null ? Duration.ZERO : parse("for", text, "60s, 5m or 1h");
    }

    /**
     * @param option its name, for the message
     * @param examples of what it may be, for the message
     * @throws BadUsage unless it is a length above zero
     */
    static Duration parse(String option, String text, String examples) {
        try {
            Duration duration = Duration.parse("PT" + text.strip());
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw refused(option, text, examples);
        }
        throw refused(option, text, examples);
    }

    private static BadUsage refused(String option, String text, String examples) {
        return new BadUsage("Not a length of time: " + option + "=" + text + ". Give " + examples);
    }
}
