package io.microstream.benchmarks.live;

import java.util.Arrays;
import java.util.Locale;

/** Samples of one delay, milliseconds. One thread at a time. */
final class Delays {

    private long[] samples = new long[1024];
    private int size;

    synchronized void add(long millis) {
        if (size == samples.length) {
            samples = Arrays.copyOf(samples, 2 * size);
        }
        samples[size++] = millis;
    }

    /** Discards all samples taken so far. */
    synchronized void clear() {
        size = 0;
    }

    synchronized int count() {
        return size;
    }

    /**
     * The smallest sample that at least a share of all do not exceed (nearest rank); NaN of none.
     *
     * @param share above 0, at most 1
     */
    synchronized double percentile(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(samples, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }

    /** Returns the other percentiles (p50, p90, maximum) and the number of samples, as text. */
    String besides() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f, p90 %.0f, max %.0f, of %,d",
                percentile(0.5),
                percentile(0.9),
                percentile(1),
                count());
    }
}
