package io.microstream.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects the values that file, environment and arguments give, each with its origin, and the
 * faults in them. A source that is added later outranks those before it.
 */
final class Given {

    /** The variables with the job's prefix that the launcher, scripts and tests read instead. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of(
                    "MICROSTREAM_HEAP",
                    "MICROSTREAM_ARGS",
                    "MICROSTREAM_CONFIG",
                    "MICROSTREAM_TIMESCALEDB_JDBC");

    private record Value(String text, String origin) {}

    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Object> parsed = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Adds the lines {@code key = value} of a file; empty lines and those that begin with # are
     * comments. A file that cannot be read is a fault.
     */
    void addFile(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            faults.add("file " + file + ": not readable. Give a text file of lines key = value");
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String origin = "file " + file + " line " + number;
            int equals = line.indexOf('=');
            if (equals < 1) {
                faults.add(origin + ": no key = value");
                continue;
            }
            String key = line.substring(0, equals).strip();
            Integer before = seen.put(key, number);
            if (before != null) {
                faults.add(
                        key
                                + " ("
                                + origin
                                + "): given on line "
                                + before
                                + " too. Keep one of them");
            }
            add(key, line.substring(equals + 1).strip(), origin);
        }
    }

    /**
     * Adds the variables that begin with {@link Setting#ENVIRONMENT_PREFIX}; one that is no key is
     * a fault.
     */
    void addEnvironment(Map<String, String> environment) {
        Map<String, String> keys = new HashMap<>();
        Settings.all().values().forEach(each -> keys.put(each.variable(), each.key()));
        keys.put(Setting.ENVIRONMENT_PREFIX + "DATABASE_PASSWORD", "database.password");
        new TreeMap<>(environment)
                .forEach(
                        (name, text) -> {
                            if (name.startsWith(Setting.ENVIRONMENT_PREFIX)
                                    && !OTHER_VARIABLES.contains(name)) {
                                add(
                                        keys.getOrDefault(name, name),
                                        text.strip(),
                                        "environment " + name);
                            }
                        });
    }

    /** Adds arguments of the form {@code --key=value}; any other form is a fault. */
    void addArguments(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 3) {
                // Not quoted: it may be a secret that was put beside its key.
                faults.add("argument " + (i + 1) + ": not of the form --key=value");
                continue;
            }
            String key = argument.substring(2, equals);
            add(key, argument.substring(equals + 1).strip(), "argument --" + key);
        }
    }

    /** Keeps a value, or notes a fault if the key is unknown or the value is a secret. */
    private void add(String key, String text, String origin) {
        if (key.equals("database.password")) {
            faults.add(
                    key
                            + " ("
                            + origin
                            + "): secrets are read from files alone. Give database.password-file");
        } else if (!Settings.all().containsKey(key)) {
            faults.add(key + " (" + origin + "): unknown key" + closest(key));
        } else if (key.equals(Settings.URL.key())
                && origin.startsWith("argument")
                && !DatabaseConfig.masked(text).equals(text)) {
            faults.add(
                    key
                            + " ("
                            + origin
                            + "): holds a password, which every user of the machine can read there."
                            + " Give database.password-file");
            values.put(key, new Value(DatabaseConfig.masked(text), origin));
        } else {
            values.put(key, new Value(text, origin));
        }
    }

    /**
     * Returns a suggestion of the known key that is at most three edits away; where to find all
     * keys if there is none.
     */
    private static String closest(String key) {
        return Settings.all().keySet().stream()
                .filter(known -> distance(known, key) <= 3)
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .map(known -> ". Did you mean " + known + "?")
                .orElse(". See docs/configuration.md");
    }

    /** Returns the Levenshtein distance of two texts. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** Parses every value that was given and notes a fault for each that cannot be parsed. */
    void parseAll() {
        for (Setting<?> setting : Settings.all().values()) {
            Value value = values.get(setting.key());
            if (value == null) {
                continue;
            }
            try {
                parsed.put(setting.key(), setting.parser().apply(value.text()));
            } catch (IllegalArgumentException e) {
                fault(
                        setting,
                        "not usable: "
                                + DatabaseConfig.masked(value.text())
                                + ". Expected "
                                + e.getMessage());
            }
        }
    }

    /** Returns whether a value of the setting was given, parsable or not. */
    boolean has(Setting<?> setting) {
        return values.containsKey(setting.key());
    }

    /** Returns the value of a setting; the fallback if none was given or it cannot be parsed. */
    @SuppressWarnings("unchecked")
    <T> T get(Setting<T> setting, T fallback) {
        return (T) parsed.getOrDefault(setting.key(), fallback);
    }

    /** Notes a fault if no value of the setting was given; {@code why} follows the word missing. */
    void require(Setting<?> setting, String why) {
        if (!has(setting)) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "%s: missing%s. Give %s in the file, %s or --%s=…",
                            setting.key(),
                            why,
                            setting.key(),
                            setting.variable(),
                            setting.key()));
        }
    }

    /** Notes a fault in the value of a setting, with its origin. */
    void fault(Setting<?> setting, String what) {
        faults.add(setting.key() + " (" + origin(setting) + "): " + what);
    }

    /** Returns where the value of a setting came from; {@code default} if none was given. */
    String origin(Setting<?> setting) {
        return has(setting) ? values.get(setting.key()).origin() : "default";
    }

    /** Throws a {@link ConfigurationException} with all faults, if there are any. */
    void requireFaultless() {
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
    }

    /** Returns a line for each setting: its key, its value with secrets masked, and its origin. */
    List<String> lines() {
        return Settings.all().values().stream()
                .map(
                        setting ->
                                String.format(
                                        Locale.ROOT,
                                        "%s = %s (%s)",
                                        setting.key(),
                                        has(setting)
                                                ? DatabaseConfig.masked(
                                                        values.get(setting.key()).text())
                                                : setting.usual().replace("`", ""),
                                        origin(setting)))
                .toList();
    }
}
