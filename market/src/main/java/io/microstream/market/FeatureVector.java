package io.microstream.market;

import java.util.Arrays;
import java.util.Objects;

/**
 * The features of one bar, a function of the data up to that bar only.
 *
 * @param symbol upper case
 * @param openTimeMs the bar
 * @param schemaVersion version of the {@link FeatureSchema} that names the values
 * @param barRevision revision of the bar, {@link Bar#PROVISIONAL} while its minute runs, or {@link
 *     #HISTORY} for a vector from before the feed that only warms filters up
 * @param values one value for each name of the schema; NaN where it is not defined yet (too little
 *     history, a missing minute before) or not known (taker side of six-column klines)
 * @param receivedAtMs {@link Bar#receivedAtMs} of the bar; not part of equality
 * @param origin of the bar, null if it is not known; not part of equality
 */
public record FeatureVector(
        String symbol,
        long openTimeMs,
        int schemaVersion,
        int barRevision,
        double[] values,
        long receivedAtMs,
        BarOrigin origin) {

    /** {@link #barRevision} of a vector that is taken in but not published. */
    public static final int HISTORY = -1;

    public FeatureVector {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(values, "values");
    }

    /** Creates a vector of a recording: {@code receivedAtMs} is 0. */
    public FeatureVector(
            String symbol, long openTimeMs, int schemaVersion, int barRevision, double[] values) {
        this(symbol, openTimeMs, schemaVersion, barRevision, values, 0);
    }

    /** Creates a vector of a bar whose origin is not known. */
    public FeatureVector(
            String symbol,
            long openTimeMs,
            int schemaVersion,
            int barRevision,
            double[] values,
            long receivedAtMs) {
        this(symbol, openTimeMs, schemaVersion, barRevision, values, receivedAtMs, null);
    }

    /** True if the minute of its bar still runs. */
    public boolean isProvisional() {
        return barRevision == Bar.PROVISIONAL;
    }

    /**
     * Returns the value of a feature.
     *
     * @throws IllegalArgumentException if the vector is of another version than {@code schema}, or
     *     the schema does not have the feature
     */
    public double value(FeatureSchema schema, String name) {
        if (schemaVersion != schema.version()) {
            throw new IllegalArgumentException(
                    "Feature vector of another schema: vector=v"
                            + schemaVersion
                            + " expected="
                            + schema);
        }
        return values[schema.indexOf(name)];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FeatureVector other
                && symbol.equals(other.symbol)
                && openTimeMs == other.openTimeMs
                && schemaVersion == other.schemaVersion
                && barRevision == other.barRevision
                && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, openTimeMs, schemaVersion, barRevision)
                + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FeatureVector[symbol="
                + symbol
                + ", openTimeMs="
                + openTimeMs
                + ", schemaVersion="
                + schemaVersion
                + ", barRevision="
                + barRevision
                + ", values="
                + Arrays.toString(values)
                + "]";
    }
}
