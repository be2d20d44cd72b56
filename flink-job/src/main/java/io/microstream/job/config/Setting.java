package io.microstream.job.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * A key of the configuration, with its parser and its texts for the reference.
 *
 * @param key the dotted name, e.g. {@code database.password-file}
 * @param takes the form of its values, for the reference
 * @param usual the default, for the reference
 * @param description one sentence for the reference
 * @param parser turns text into the value; throws {@link IllegalArgumentException} with what is
 *     expected
 * @param <T> the type of the value
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
