package io.microstream.standalone.cli;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Words the values of options that cannot be used. */
final class OptionFaults {

    private static final Map<Class<?>, String[]> EXPECTED =
            Map.of(
                    LocalDate.class, new String[] {"date", "a UTC day, e.g. 2026-01-31"},
                    Instant.class, new String[] {"time", "a UTC time, e.g. 2026-01-31T00:00:00Z"},
                    URI.class, new String[] {"URL", "scheme and host, e.g. https://host:port"},
                    int.class, new String[] {"whole number", "digits, below 2147483648"},
                    Integer.class, new String[] {"whole number", "digits, below 2147483648"},
                    long.class, new String[] {"whole number", "digits, below 9223372036854775808"},
                    double.class, new String[] {"number", "a number, e.g. 60"});

    private static final Pattern SYMBOL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_]{0,49}");

    private OptionFaults() {}

    /** Returns one line about what could not be parsed, in words instead of names of classes. */
    static String oneLine(ParameterException fault) {
        ArgSpec option = fault.getArgSpec();
        if (option instanceof OptionSpec named && fault.getValue() != null) {
            Class<?> type = option.auxiliaryTypes()[0];
            String[] expected = EXPECTED.get(type);
            if (expected != null) {
                return "Not a "
                        + expected[0]
                        + ": "
                        + named.longestName().substring(2)
                        + "="
                        + fault.getValue()
                        + ". Give "
                        + expected[1];
            }
        }
        return String.valueOf(fault.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    /** Refuses symbols that no exchange lists, such as {@code A/B}. */
    static void requireSymbols(String option, Collection<String> symbols) {
        for (String symbol : symbols) {
            if (!SYMBOL.matcher(symbol.strip()).matches()) {
                throw new BadUsage(
                        "Not a symbol: "
                                + option
                                + "="
                                + symbol
                                + ". Give letters and digits, e.g. BTCUSDT");
            }
        }
    }

    /** Refuses a number outside its bounds, both of which may be used. */
    static void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new BadUsage(
                    "Not possible: " + option + "=" + value + ". Give " + least + " to " + most);
        }
    }
}
