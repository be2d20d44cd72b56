package io.microstream.job.config;

import java.util.List;
import java.util.Locale;

/** A configuration that cannot be used; the message names every fault and where it came from. */
public final class ConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigurationException(List<String> faults) {
        super(
                String.format(
                        Locale.ROOT,
                        "Configuration refused, %d fault%s:%n  %s",
                        faults.size(),
                        faults.size() == 1 ? "" : "s",
                        String.join(System.lineSeparator() + "  ", faults)));
        this.faults = List.copyOf(faults);
    }

    /** Returns a line for each fault: the key, where its value came from, and what to do. */
    public List<String> faults() {
        return faults;
    }
}
