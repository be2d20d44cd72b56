package io.microstream.job.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the values of settings. Every method throws an {@link IllegalArgumentException} that says
 * what is expected if the text is anything else.
 */
final class Values {

    /** A symbol as Binance lists it today: letters and digits of any script. */
    private static final Pattern SYMBOL = Pattern.compile("[\\p{L}\\p{N}_.-]{2,50}");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(kb|mb)");

    private Values() {}

    /** Returns a duration that is written with its unit, within both bounds inclusively. */
    static Duration duration(String text, Duration shortest, Duration longest) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
            if (duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0) {
                return duration;
            }
        }
        throw expected(
                String.format(
                        Locale.ROOT,
                        "a duration with its unit, %s to %s, e.g. 250ms, 10s, 5m or 2h",
                        words(shortest),
                        words(longest)));
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** Returns a size in bytes that is written in kb or mb, within both bounds inclusively. */
    static int bytes(String text, int least, int most) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long bytes =
                    Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("kb") ? 10 : 20);
            if (bytes >= least && bytes <= most) {
                return (int) bytes;
            }
        }
        throw expected(
                String.format(
                        Locale.ROOT,
                        "a size with its unit, %dkb to %dmb, e.g. 16mb",
                        least >> 10,
                        most >> 20));
    }

    /** Returns a whole number within both bounds inclusively. */
    static int integer(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw expected(String.format(Locale.ROOT, "a whole number, %d to %d", least, most));
        }
        throw expected(String.format(Locale.ROOT, "a whole number, %d to %d", least, most));
    }

    /** Returns the seconds of event time to read in a second; 0 for {@code max}. */
    static double speed(String text) {
        if (text.equals("max")) {
            return 0;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0 && speed <= 1_000_000) {
                return speed;
            }
        } catch (NumberFormatException e) {
            throw expected("max, or event-time seconds a second above 0");
        }
        throw expected("max, or event-time seconds a second above 0");
    }

    /** Returns the text itself, which must not be empty. */
    static String text(String text) {
        if (text.isEmpty()) {
            throw expected("a text");
        }
        return text;
    }

    /** Returns the value of {@code true} or {@code false}. */
    static boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw expected("true or false");
    }

    /** Returns the text itself, which must be one of the names. */
    static String oneOf(String text, Set<String> names) {
        if (!names.contains(text)) {
            throw expected("one of " + String.join(", ", names));
        }
        return text;
    }

    /** Returns the symbols of a comma-separated list, in upper case and in their order. */
    static Set<String> symbols(String text) {
        Set<String> symbols = new LinkedHashSet<>();
        for (String symbol : list(text)) {
            if (!SYMBOL.matcher(symbol).matches()) {
                throw expected("symbols separated by commas, e.g. BTCUSDT,ETHUSDT");
            }
            symbols.add(symbol.toUpperCase(Locale.ROOT));
        }
        return symbols;
    }

    /** Returns the paths of a comma-separated list, each of which must exist. */
    static List<Path> existing(String text) {
        return list(text).stream().map(Path::of).map(Values::existing).toList();
    }

    private static Path existing(Path path) {
        if (path.toString().isEmpty() || !Files.exists(path)) {
            throw expected("files or folders that exist, separated by commas");
        }
        return path;
    }

    /** Returns the path of a folder, which must exist. */
    static Path folder(String text) {
        Path folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            throw expected("a folder that exists");
        }
        return folder;
    }

    /** Returns what a file holds, without the white space around it; it must hold something. */
    static String secret(String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException | RuntimeException e) {
            throw expected("a readable file that holds the secret alone");
        }
        throw expected("a readable file that holds the secret alone");
    }

    /** Returns a URI with a host and one of the schemes, and without user or password. */
    static URI uri(String text, String... schemes) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Arrays.asList(schemes).contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw expected("scheme and host, e.g. " + schemes[0] + "://host:port");
        }
        throw expected("scheme and host, e.g. " + schemes[0] + "://host:port");
    }

    /** Returns the text itself, which must be a JDBC URL of PostgreSQL. */
    static String jdbcUrl(String text) {
        if (!text.startsWith("jdbc:postgresql:")) {
            throw expected("jdbc:postgresql://host:port/database");
        }
        return text;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException(what);
    }
}
