package io.microstream.training.history;

import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The features of one symbol's bars, with close and volume, in open-time order: 104 bytes a bar.
 *
 * <p>Rows come from {@link RollingFeatures}, one bar after the other, so each is a function of the
 * bars up to it only. Not modified once filled.
 */
public final class SymbolHistory {

    private static final int FEATURES = RollingFeatures.SCHEMA.size();
    private static final int BASELINE = RollingFeatures.SCHEMA.indexOf(FeatureSchema.BASELINE_BARS);

    /** Number of bars the long baseline must hold before a row is warm: a day. */
    public static final int WARM_UP_BARS = 24 * 60;

    private final String symbol;
    private final long cutMs;
    private final BarDigest trainingDigest = new BarDigest();
    private final BarDigest holdOutDigest = new BarDigest();
    private long[] openTimes;
    private double[] values;
    private double[] closes;
    private double[] volumes;
    private int rows;
    private HistorySummary training;
    private HistorySummary holdOut;

    /**
     * Computes the features of all bars.
     *
     * @param cutMs first open time of the hold-out
     * @param atMost how many bars there can be
     */
    public SymbolHistory(String symbol, Iterator<Bar> bars, long cutMs, int atMost) {
        this.symbol = symbol;
        this.cutMs = cutMs;
        openTimes = new long[atMost];
        values = new double[Math.multiplyExact(atMost, FEATURES)];
        closes = new double[atMost];
        volumes = new double[atMost];
        RollingFeatures features = new RollingFeatures(symbol);
        while (bars.hasNext()) {
            Bar bar = bars.next();
            (bar.openTimeMs() < cutMs ? trainingDigest : holdOutDigest).add(bar);
            features.update(bar, vector -> add(vector, bar));
        }
        openTimes = rows == atMost ? openTimes : Arrays.copyOf(openTimes, rows);
        int first = firstRowFrom(cutMs);
        training = summary(0, first, trainingDigest);
        holdOut = summary(first, rows, holdOutDigest);
    }

    private void add(FeatureVector vector, Bar bar) {
        openTimes[rows] = vector.openTimeMs();
        closes[rows] = bar.close().doubleValue();
        volumes[rows] = bar.volume().doubleValue();
        System.arraycopy(vector.values(), 0, values, rows * FEATURES, FEATURES);
        rows++;
    }

    private HistorySummary summary(int from, int to, BarDigest digest) {
        int gaps = 0;
        long missing = 0;
        for (int row = from + 1; row < to; row++) {
            long minutes = (openTimes[row] - openTimes[row - 1]) / Bar.MINUTE_MS;
            gaps += minutes > 1 ? 1 : 0;
            missing += minutes - 1;
        }
        String hash = digest.hex();
        if (from == to) {
            return new HistorySummary(symbol, 0, null, null, 0, 0, hash);
        }
        String first = TrainingPeriod.minute(openTimes[from]);
        String last = TrainingPeriod.minute(openTimes[to - 1]);
        return new HistorySummary(symbol, to - from, first, last, gaps, missing, hash);
    }

    public String symbol() {
        return symbol;
    }

    /** Returns the first open time of the hold-out. */
    public long cutMs() {
        return cutMs;
    }

    public int rows() {
        return rows;
    }

    public long openTimeMs(int row) {
        return openTimes[row];
    }

    public double value(int row, int feature) {
        return values[row * FEATURES + feature];
    }

    /** Returns the closing price of a row's bar. */
    public double close(int row) {
        return closes[row];
    }

    /** Returns whether most bars close at the price of the bar before. */
    public boolean isStill() {
        int still = 0;
        for (int row = 1; row < rows; row++) {
            still += closes[row] == closes[row - 1] ? 1 : 0;
        }
        return 2 * still > rows;
    }

    /** Returns the volume of a row's bar, in the base asset. */
    public double volume(int row) {
        return volumes[row];
    }

    /** Returns whether the row before holds the minute before. */
    public boolean followsItsPredecessor(int row) {
        return row > 0 && openTimes[row] - openTimes[row - 1] == Bar.MINUTE_MS;
    }

    /** Returns whether the long baseline holds a day of bars. */
    public boolean isWarm(int row) {
        return value(row, BASELINE) >= WARM_UP_BARS;
    }

    /** Returns the row as the vector that the job would score. */
    public FeatureVector vector(int row) {
        return new FeatureVector(
                symbol,
                openTimes[row],
                RollingFeatures.SCHEMA.version(),
                0,
                Arrays.copyOfRange(values, row * FEATURES, (row + 1) * FEATURES));
    }

    /** Returns the first row whose bar opens at or after a time; {@link #rows} if none does. */
    public int firstRowFrom(long openTimeMs) {
        int index = Arrays.binarySearch(openTimes, 0, rows, openTimeMs);
        return index >= 0 ? index : -index - 1;
    }

    public HistorySummary training() {
        return training;
    }

    public HistorySummary holdOut() {
        return holdOut;
    }
}
