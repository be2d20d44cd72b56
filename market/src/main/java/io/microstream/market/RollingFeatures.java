package io.microstream.market;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The features of one symbol, bar by bar: the one definition that training and job share.
 *
 * <p>With r the log return of closes, p = (ln H/L)² / (4 ln 2) the Parkinson variance of a bar
 * (floored at 1e-10) and V its volume (floored at 1e-8), both smoothed by an exponential average of
 * half-life h = {@value #SMOOTHING_MINUTES} minutes (p̄, V̄), and m(·) the median over the previous
 * {@value #BASELINE_BARS} bars (14 days):
 *
 * <pre>
 * momentum         r = ln(C[t] / C[t-1])
 * volatility_proxy (H − L) / O
 * activity_ratio   V[t] / mean(V[t-20 … t-1])
 * log_volatility   a[t] − m(a),  a = ½ ln p̄
 * log_volume       b[t] − m(b),  b = ln V̄
 * scaled_return    sign(r) ln(1 + |r| / exp m(a))
 * range_surge      max(0, ½ ln p[t] − m(a))
 * volume_surge     max(0, ln V[t] − m(b))
 * taker_imbalance  2 takerBuyVolume / V − 1
 * baseline_bars    how many bars m(·) rests on
 * </pre>
 *
 * No mean or median includes bar t itself: a bar inside its own window bounds its own z-score (√19
 * for 20 bars), and a crash of 2 % and one of 50 % look the same.
 *
 * <p>The surges are cut off at zero because a minute quieter than usual is not what an anomaly
 * model should isolate: two-sided, a third of what it flags is silence (measured,
 * docs/internals.md).
 *
 * <p>Edge cases. The mean needs {@value #ACTIVITY_BARS} earlier bars and the median {@value
 * #MINIMUM_BASELINE_BARS}; until then, and wherever a divisor is zero, the value is NaN. An empty
 * minute is an observation: flat, no volume. A minute of which nothing is known (no bar, or an
 * empty one that is not {@linkplain Bar#complete complete}) is none: windows pass over it, {@code
 * momentum} and {@code scaled_return} of the next bar are NaN, and the averages decay by the
 * minutes that passed.
 *
 * <p>A revised bar (open time not after the newest) is put in its place and the bars after it are
 * computed again, up to {@value #HORIZON_BARS} bars back. A bar whose minute still runs is
 * {@linkplain #preview previewed} and leaves no trace.
 *
 * <p>Cost: O(1) a bar; about 110 kB of state when the baseline is full, a few kB in the first
 * hours. Logarithms are {@link StrictMath}: results are equal on every machine. Source:
 * docs/internals.md, section Features.
 *
 * <p>A state type: public fields, no-argument constructor, never remove a field. Not thread-safe.
 */
public final class RollingFeatures {

    /** The features that this class computes. */
    public static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    1,
                    List.of(
                            FeatureSchema.MOMENTUM,
                            FeatureSchema.VOLATILITY_PROXY,
                            FeatureSchema.ACTIVITY_RATIO,
                            FeatureSchema.LOG_VOLATILITY,
                            FeatureSchema.LOG_VOLUME,
                            FeatureSchema.SCALED_RETURN,
                            FeatureSchema.RANGE_SURGE,
                            FeatureSchema.VOLUME_SURGE,
                            FeatureSchema.TAKER_IMBALANCE,
                            FeatureSchema.BASELINE_BARS));

    /** Half-life, in minutes, of the exponential averages behind log_volatility and log_volume. */
    public static final int SMOOTHING_MINUTES = 5;

    /** Length of the long baseline: 14 days of minutes. */
    public static final int BASELINE_BARS = 14 * 24 * 60;

    /** Baseline features are NaN until the baseline rests on so many bars. */
    public static final int MINIMUM_BASELINE_BARS = 20;

    /** The window of the activity ratio, bars. */
    public static final int ACTIVITY_BARS = 20;

    /** How many bars back a revision can reach. */
    public static final int HORIZON_BARS = 120;

    private static final double LOWEST_VARIANCE = 1e-10;
    private static final double LOWEST_VOLUME = 1e-8;
    private static final double FOUR_LN_2 = 4 * StrictMath.log(2);

    /** Recent bars kept: the horizon, and what its oldest bar looks back on. */
    private static final int RECENT = HORIZON_BARS + ACTIVITY_BARS + 1;

    // One row of `recent`: the inputs of a bar, then the averages after it.
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int OPEN = 2;
    private static final int CLOSE = 3;
    private static final int VOLUME = 4;
    private static final int TAKER_BUY_VOLUME = 5;
    private static final int MEAN_VARIANCE = 6;
    private static final int MEAN_VOLUME = 7;
    private static final int FIELDS = 8;

    public String symbol;

    /** Bars taken in and not taken back; bar i sits in slot i % {@value #RECENT}. */
    public long bars;

    public long[] openTimes = new long[RECENT];
    public int[] revisions = new int[RECENT];

    /** {@link BarOrigin#rank} of each recent bar; shorter in state from before this field. */
    public long[] ranks = new long[RECENT];

    /** {@link BarOrigin#digest} of each recent bar; 0 where it is not known. */
    public long[] digests = new long[RECENT];

    public double[] recent = new double[RECENT * FIELDS];
    public RollingMedian volatilityBaseline = new RollingMedian(BASELINE_BARS, HORIZON_BARS);
    public RollingMedian volumeBaseline = new RollingMedian(BASELINE_BARS, HORIZON_BARS);

    /** Creates an empty instance for deserialization only. */
    public RollingFeatures() {}

    /** Features of one symbol, before its first bar. */
    public RollingFeatures(String symbol) {
        this.symbol = symbol;
    }

    /** Open time of the newest bar taken in; {@link Long#MIN_VALUE} before the first. */
    public long newestOpenTimeMs() {
        return bars == 0 ? Long.MIN_VALUE : openTimes[slot(bars - 1)];
    }

    /**
     * Takes a bar in and hands on its features; for a revised bar, its own and those of the bars
     * after it.
     *
     * @return false if the bar was refused because it lies further back than the horizon; state and
     *     output are then untouched
     * @throws IllegalArgumentException if the bar is of another symbol
     */
    public boolean update(Bar bar, Consumer<FeatureVector> out) {
        requireOwn(bar);
        if (bar.openTimeMs() > newestOpenTimeMs()) {
            if (isObservation(bar)) {
                write(bar);
                out.accept(advance(bar.receivedAtMs(), bar));
            }
            return true;
        }
        return revise(bar, out);
    }

    /**
     * The features that {@link #update} would give a bar if it came next, computed without taking
     * it in: nothing of this object changes.
     *
     * @return empty if the bar is not newer than the newest taken in, or no observation
     * @throws IllegalArgumentException if the bar is of another symbol
     */
    public Optional<FeatureVector> preview(Bar bar) {
        requireOwn(bar);
        if (bar.openTimeMs() <= newestOpenTimeMs() || !isObservation(bar)) {
            return Optional.empty();
        }
        double[] inputs = new double[FIELDS];
        write(bar, inputs, 0);
        smooth(inputs, 0, bar.openTimeMs());
        return Optional.of(
                vector(
                        inputs,
                        0,
                        bar.openTimeMs(),
                        bar.revision(),
                        bar.receivedAtMs(),
                        BarOrigin.of(bar)));
    }

    private void requireOwn(Bar bar) {
        if (!bar.symbol().equals(symbol)) {
            throw new IllegalArgumentException(
                    "Bar of another symbol: symbol=" + bar.symbol() + " expected=" + symbol);
        }
    }

    private static boolean isObservation(Bar bar) {
        return bar.complete() || !bar.isEmpty();
    }

    private boolean revise(Bar bar, Consumer<FeatureVector> out) {
        int later = 0;
        while (later <= HORIZON_BARS
                && later < bars
                && openTimes[slot(bars - 1 - later)] > bar.openTimeMs()) {
            later++;
        }
        boolean known = later < bars && openTimes[slot(bars - 1 - later)] == bar.openTimeMs();
        int taken = known ? later + 1 : later;
        if (taken > HORIZON_BARS || (!known && later == bars)) {
            return false;
        }
        double[][] rows = new double[later][];
        long[] times = new long[later];
        int[] revs = new int[later];
        long[] itsRanks = new long[later];
        long[] itsDigests = new long[later];
        makeRoomForOrigins();
        for (int i = later - 1; i >= 0; i--) {
            int slot = slot(bars - 1);
            rows[i] = Arrays.copyOfRange(recent, slot * FIELDS, (slot + 1) * FIELDS);
            times[i] = openTimes[slot];
            revs[i] = revisions[slot];
            itsRanks[i] = ranks[slot];
            itsDigests[i] = digests[slot];
            takeBack();
        }
        if (known) {
            takeBack();
        }
        if (isObservation(bar)) {
            write(bar);
            out.accept(advance(bar.receivedAtMs(), bar));
        }
        for (int i = 0; i < later; i++) {
            int slot = slot(bars);
            System.arraycopy(rows[i], 0, recent, slot * FIELDS, FIELDS);
            openTimes[slot] = times[i];
            revisions[slot] = revs[i];
            ranks[slot] = itsRanks[i];
            digests[slot] = itsDigests[i];
            out.accept(advance(0, bar));
        }
        return true;
    }

    private void takeBack() {
        bars--;
        volatilityBaseline.undo();
        volumeBaseline.undo();
    }

    private void write(Bar bar) {
        int slot = slot(bars);
        openTimes[slot] = bar.openTimeMs();
        revisions[slot] = bar.revision();
        makeRoomForOrigins();
        ranks[slot] = BarOrigin.rank(bar);
        digests[slot] = BarOrigin.digest(bar);
        write(bar, recent, slot * FIELDS);
    }

    /** State from before origins were kept has no room for them. */
    private void makeRoomForOrigins() {
        if (digests == null || digests.length != RECENT) {
            ranks = new long[RECENT];
            digests = new long[RECENT];
        }
    }

    private static void write(Bar bar, double[] rows, int row) {
        rows[row + OPEN] = bar.open().doubleValue();
        rows[row + HIGH] = bar.high().doubleValue();
        rows[row + LOW] = bar.low().doubleValue();
        rows[row + CLOSE] = bar.close().doubleValue();
        rows[row + VOLUME] = bar.volume().doubleValue();
        rows[row + TAKER_BUY_VOLUME] =
                bar.takerBuyVolume() == null ? Double.NaN : bar.takerBuyVolume().doubleValue();
    }

    /**
     * Computes the bar that was written into the next slot, and counts it in.
     *
     * @param cause the bar that was taken in: this one, or an earlier one that was revised
     */
    private FeatureVector advance(long receivedAtMs, Bar cause) {
        int slot = slot(bars);
        int row = slot * FIELDS;
        smooth(recent, row, openTimes[slot]);
        BarOrigin origin =
                digests[slot] == 0
                        ? null
                        : new BarOrigin(
                                cause.runId(), cause.runFromMs(), ranks[slot], digests[slot]);
        FeatureVector vector =
                vector(recent, row, openTimes[slot], revisions[slot], receivedAtMs, origin);
        volatilityBaseline.add(a(recent, row));
        volumeBaseline.add(b(recent, row));
        bars++;
        return vector;
    }

    private static double a(double[] rows, int row) {
        return StrictMath.log(rows[row + MEAN_VARIANCE]) / 2;
    }

    private static double b(double[] rows, int row) {
        return StrictMath.log(rows[row + MEAN_VOLUME]);
    }

    private static double variance(double[] rows, int row) {
        double range = StrictMath.log(rows[row + HIGH] / rows[row + LOW]);
        return Math.max(range * range / FOUR_LN_2, LOWEST_VARIANCE);
    }

    /** The features of a row that stands behind the newest bar; changes nothing. */
    private FeatureVector vector(
            double[] rows,
            int row,
            long openTimeMs,
            int revision,
            long receivedAtMs,
            BarOrigin origin) {
        int previous = bars == 0 ? -1 : slot(bars - 1);
        double volume = rows[row + VOLUME];
        double takerBuyVolume = rows[row + TAKER_BUY_VOLUME];

        double momentum = Double.NaN;
        if (previous >= 0 && openTimeMs - openTimes[previous] == Bar.MINUTE_MS) {
            momentum = StrictMath.log(rows[row + CLOSE] / recent[previous * FIELDS + CLOSE]);
        }
        double variance = variance(rows, row);
        double flooredVolume = Math.max(volume, LOWEST_VOLUME);
        double activityRatio = activityRatio(volume);
        double a = a(rows, row);
        double b = b(rows, row);
        boolean known = volatilityBaseline.size() >= MINIMUM_BASELINE_BARS;
        double baseA = known ? volatilityBaseline.median() : Double.NaN;
        double baseB = known ? volumeBaseline.median() : Double.NaN;
        double baselineBars = volatilityBaseline.size();

        // In the order of SCHEMA.
        double[] values = {
            momentum,
            (rows[row + HIGH] - rows[row + LOW]) / rows[row + OPEN],
            activityRatio,
            a - baseA,
            b - baseB,
            signedLog(momentum / StrictMath.exp(baseA)),
            Math.max(0, StrictMath.log(variance) / 2 - baseA),
            Math.max(0, StrictMath.log(flooredVolume) - baseB),
            volume > 0 ? 2 * takerBuyVolume / volume - 1 : Double.NaN,
            baselineBars
        };
        return new FeatureVector(
                symbol, openTimeMs, SCHEMA.version(), revision, values, receivedAtMs, origin);
    }

    private double activityRatio(double volume) {
        if (bars < ACTIVITY_BARS) {
            return Double.NaN;
        }
        double sum = 0;
        for (int back = ACTIVITY_BARS; back >= 1; back--) {
            sum += recent[slot(bars - back) * FIELDS + VOLUME];
        }
        return sum > 0 ? volume / (sum / ACTIVITY_BARS) : Double.NaN;
    }

    /** Fills in the averages of a row that stands behind the newest bar. */
    private void smooth(double[] rows, int row, long openTimeMs) {
        double variance = variance(rows, row);
        double volume = Math.max(rows[row + VOLUME], LOWEST_VOLUME);
        if (bars == 0) {
            rows[row + MEAN_VARIANCE] = variance;
            rows[row + MEAN_VOLUME] = volume;
            return;
        }
        int previous = slot(bars - 1);
        double minutes = (openTimeMs - openTimes[previous]) / (double) Bar.MINUTE_MS;
        double keep = StrictMath.pow(2, -minutes / SMOOTHING_MINUTES);
        int before = previous * FIELDS;
        rows[row + MEAN_VARIANCE] = keep * recent[before + MEAN_VARIANCE] + (1 - keep) * variance;
        rows[row + MEAN_VOLUME] = keep * recent[before + MEAN_VOLUME] + (1 - keep) * volume;
    }

    private static double signedLog(double x) {
        return Math.copySign(StrictMath.log(1 + Math.abs(x)), x);
    }

    private static int slot(long bar) {
        return (int) (bar % RECENT);
    }
}
