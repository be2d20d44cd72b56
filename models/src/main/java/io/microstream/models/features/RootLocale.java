package io.microstream.models.features;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Calls code that builds names with the default locale: Tribuo derives names of protobuf methods by
 * {@code toUpperCase()}, which in Turkish yields {@code addAllİnfo}. A job cannot choose the locale
 * of its cluster.
 */
public final class RootLocale {

    private RootLocale() {}

    /** Returns what the code returns, with {@link Locale#ROOT} as default until then. */
    public static synchronized <T> T call(Supplier<T> code) {
        Locale before = Locale.getDefault();
        if (before.equals(Locale.ROOT)) {
            return code.get();
        }
        Locale.setDefault(Locale.ROOT);
        try {
            return code.get();
        } finally {
            Locale.setDefault(before);
        }
    }
}
