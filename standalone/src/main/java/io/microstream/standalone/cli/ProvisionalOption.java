package io.microstream.standalone.cli;

import io.microstream.job.config.PipelineConfig;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option that sets how often provisional results of the minute in progress are written. */
final class ProvisionalOption {

    /** The longest market time between two provisional results. */
    private static final Duration LONGEST_IN_MARKET_TIME = Duration.ofSeconds(15);

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final String EXAMPLES = "1s, 250ms (50ms to 60s), or off";
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,5})ms");

    @Option(
            names = "--provisional",
            paramLabel = "PERIOD|off",
            description =
                    "How often to write provisional results of the minute in progress: 1s, 250ms or off"
                            + " (default: 1s, down to 250ms if the market runs faster than real time)")
    private String period;

    boolean isGiven() {
        return period != null;
    }

    /**
     * Returns the time between two provisional results.
     *
     * @param speed of the market, as a multiple of real time
     * @return the period; zero if provisional results are off
     */
    Duration at(double speed) {
        if (period == null) {
            return defaultPeriod(speed);
        }
        if (period.equalsIgnoreCase("off")) {
            return Duration.ZERO;
        }
        Matcher millis = MILLIS.matcher(period);
        Duration given =
                millis.matches()
                        ? Duration.ofMillis(Long.parseLong(millis.group(1)))
                        : Durations.parse("provisional", period, EXAMPLES);
        if (given.toMillis() < 50 || given.compareTo(Duration.ofMinutes(1)) > 0) {
            throw invalid(period);
        }
        return given;
    }

    /** Returns the configuration with the period that {@link #at(double)} gives for this speed. */
    PipelineConfig at(double speed, PipelineConfig config) {
        return config.withBars(config.bars().withProvisionalEvery(at(speed)));
    }

    private static Duration defaultPeriod(double speed) {
        Duration period = Duration.ofMillis((long) (LONGEST_IN_MARKET_TIME.toMillis() / speed));
        if (period.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return period.compareTo(LONGEST) > 0 ? LONGEST : period;
    }

    private static BadUsage invalid(String text) {
        return new BadUsage("Invalid period: provisional=" + text + ". Give " + EXAMPLES);
    }
}
