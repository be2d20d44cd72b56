package io.microstream.standalone.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Measures the phases of a task by its progress lines, which it passes on. The first word of a line
 * ({@code reading}, {@code fitting}) names a phase that lasts until the next line; phases of the
 * same name add up.
 */
public final class PhaseTimes implements Consumer<String> {

    private static final String FIRST = "searching";

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private final long began;
    private long last;
    private String phase = FIRST;

    /**
     * Starts the first phase, {@code searching}.
     *
     * @param lines receives every line that {@link #accept} gets
     * @param nanoTime a clock that never goes back, in nanoseconds
     */
    public PhaseTimes(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
        last = began;
    }

    @Override
    public void accept(String line) {
        end();
        phase = line.split("\\s", 2)[0];
        lines.accept(line);
    }

    private void end() {
        long now = nanoTime.getAsLong();
        nanos.merge(phase, now - last, Long::sum);
        last = now;
    }

    /** {@code time: searching 0.3 s, reading 4.1 s, … in all 25.0 s}; ends the last phase. */
    public String line() {
        end();
        String phases =
                nanos.entrySet().stream()
                        .map(e -> e.getKey() + " " + seconds(e.getValue()))
                        .collect(Collectors.joining(", "));
        return "time: " + phases + ", in all " + seconds(last - began);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
