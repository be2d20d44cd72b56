package io.microstream.standalone.cli;

import io.microstream.job.config.PipelineConfig;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How often the running minute is shown. */
final class ProvisionalOption {

    /** Time of the market between two provisional results at most. */
    private static final Duration OF_THE_MARKET = Duration.ofSeconds(15);

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final String EXAMPLES = "1s, 250ms (50ms to 60s), or off";
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,5})ms");

    @Option(
            names = "--provisional",
            paramLabel = "PERIOD|off",
            description =
                    "How often the running minute's results are written before they are final: 1s, 250ms"
                            + " (default: 1s; where the market runs faster than in real life, down to 250ms)")
    private String period;

    boolean isGiven() {
        return period != null;
    }

    /**
     * @param speed of the market, times real life
     * @return zero for never
     */
    Duration at(double speed) {
        if (period == null) {
            return usual(speed);
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
            throw notAPeriod(period);
        }
        return given;
    }

    /** The same job, so often. */
    PipelineConfig at(double speed, PipelineConfig config) {
        return config.withBars(config.bars().withProvisionalEvery(at(speed)));
    }

    private static Duration usual(double speed) {
        Duration usual = Duration.ofMillis((long) (OF_THE_MARKET.toMillis() / speed));
        if (usual.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return usual.compareTo(LONGEST) > 0 ? LONGEST : usual;
    }

    private static BadUsage notAPeriod(String text) {
        return new BadUsage("Not a period: provisional=" + text + ". Give " + EXAMPLES);
    }
}
