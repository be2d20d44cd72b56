package io.microstream.market;

/**
 * The median of the last {@code window} values, in O(1) a value, with the newest values removable
 * again.
 *
 * <p>Idea: values are natural logarithms, so a fixed grid serves every market. Each value is
 * counted in a bin 1/128 wide ({@value #LOWEST} … {@value #LOWEST} + {@value #BINS}/128, values
 * outside count in the outermost bins); the median is the grouped median of the counts: with n
 * values, m the bin with below(m) &lt; n/2 ≤ below(m) + count(m),
 *
 * <pre>median = lower edge of m + (n/2 − below(m)) / count(m) · bin width</pre>
 *
 * It differs from the exact median by at most a bin width where the middle values lie in one bin or
 * in neighbours, and depends on the multiset of the values only, not on their history. The bin of
 * the median is carried along and moves few bins from value to value.
 *
 * <p>The ring holds {@code spare} values more than the window, so up to {@code spare} additions can
 * be undone exactly. State: 2 bytes a value plus 2 bytes a bin. The ring grows with the data.
 *
 * <p>A state type: public fields, no-argument constructor, never remove a field.
 */
public final class RollingMedian {

    /** Lower edge of the lowest bin: below ln of the smallest unit, 1e-8. */
    public static final int LOWEST = -19;

    /** Number of bins: the highest edge is {@code LOWEST + BINS / 128} = 31, above ln 1e13. */
    public static final int BINS = 6400;

    private static final int BINS_PER_UNIT = 128;
    private static final int FIRST_CAPACITY = 256;

    public int window;
    public int spare;

    /**
     * Values ever added and not undone; value i sits at {@code i % (window + spare)} once the ring
     * is full.
     */
    public long added;

    /** The bins of the newest values, as a ring. */
    public short[] ring;

    public short[] counts;
    public int inWindow;
    public int medianBin;

    /** Number of values in bins below {@link #medianBin}. */
    public int below;

    /** Creates an empty instance for deserialization only. */
    public RollingMedian() {}

    /**
     * @param window how many of the newest values the median is of, at most 32,767
     * @param spare how many additions can be undone
     */
    public RollingMedian(int window, int spare) {
        if (window < 1 || window > Short.MAX_VALUE || spare < 0) {
            throw new IllegalArgumentException(
                    "window must be 1…32767 and spare ≥ 0: window=" + window + " spare=" + spare);
        }
        this.window = window;
        this.spare = spare;
        this.ring = new short[Math.min(window + spare, FIRST_CAPACITY)];
        this.counts = new short[BINS];
    }

    /** How many values the median is of now. */
    public int size() {
        return inWindow;
    }

    /** Adds a value; the oldest one leaves a full window. */
    public void add(double value) {
        short bin = binOf(value);
        growFor(added);
        if (inWindow == window) {
            uncount(ring[slot(added - window)]);
        }
        ring[slot(added)] = bin;
        added++;
        count(bin);
        settle();
    }

    /**
     * Takes the newest value back, as if it had never been added. The count may fall at most {@code
     * spare} below the highest it ever had; further back the values are overwritten.
     */
    public void undo() {
        if (added == 0) {
            throw new IllegalStateException("Nothing to undo");
        }
        added--;
        uncount(ring[slot(added)]);
        if (added >= window) {
            count(ring[slot(added - window)]);
        }
        settle();
    }

    /** The grouped median; NaN while empty. */
    public double median() {
        if (inWindow == 0) {
            return Double.NaN;
        }
        double into = (inWindow / 2.0 - below) / counts[medianBin];
        return LOWEST + (medianBin + into) / BINS_PER_UNIT;
    }

    private static short binOf(double value) {
        double bin = Math.floor((value - LOWEST) * BINS_PER_UNIT);
        return (short) Math.max(0, Math.min(BINS - 1, bin));
    }

    private void count(short bin) {
        counts[bin]++;
        inWindow++;
        if (bin < medianBin) {
            below++;
        }
    }

    private void uncount(short bin) {
        counts[bin]--;
        inWindow--;
        if (bin < medianBin) {
            below--;
        }
    }

    /** Restores below &lt; n/2 ≤ below + count at the median's bin. */
    private void settle() {
        if (inWindow == 0) {
            medianBin = 0;
            below = 0;
            return;
        }
        while (2 * below >= inWindow) {
            below -= counts[--medianBin];
        }
        while (2 * (below + counts[medianBin]) < inWindow) {
            below += counts[medianBin++];
        }
    }

    /** While the ring still grows no value has left it, so value i sits at i. */
    private int slot(long index) {
        return (int) (index % ring.length);
    }

    private void growFor(long index) {
        if (index >= ring.length && ring.length < window + spare) {
            ring = java.util.Arrays.copyOf(ring, Math.min(window + spare, 2 * ring.length));
        }
    }
}
