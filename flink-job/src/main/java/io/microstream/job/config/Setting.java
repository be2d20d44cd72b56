package io.microstream.job.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * A key of the configuration.
 *
 * @param key dotted, e.g. {@code database.password-file}
 * @param takes what values look like, for the reference
 * @param usual what holds without a value, for the reference
 * @param description one sentence for the reference
 * @param parser turns text into the value; throws {@link IllegalArgumentException} with what is
 *     expected
 * @param <T> type of the value
 */
record Setting<T>(
        String key, String takes, String usual, String description, Function<String, T> parser) {

    static final String ENVIRONMENT_PREFIX = "MICROSTREAM_";

    /** Returns the environment variable that sets this key. */
    String variable() {
        return ENVIRONMENT_PREFIX
                + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
