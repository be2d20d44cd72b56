package io.microstream.market;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The features of a vector, in the order of {@link FeatureVector#values()}, under a version.
 * Several schemas can be in use side by side; {@link RollingFeatures#SCHEMA} is one.
 *
 * <p>Changing the meaning, the order or the number of features is a new version: models of another
 * version are refused, and rows of both live side by side in the table {@code features}.
 *
 * @param version 1, 2, …
 * @param names lower-case names, also the column names
 */
public record FeatureSchema(int version, List<String> names) {

    public static final String MOMENTUM = "momentum";
    public static final String VOLATILITY_PROXY = "volatility_proxy";
    public static final String ACTIVITY_RATIO = "activity_ratio";
    public static final String LOG_VOLATILITY = "log_volatility";
    public static final String LOG_VOLUME = "log_volume";
    public static final String SCALED_RETURN = "scaled_return";
    public static final String RANGE_SURGE = "range_surge";
    public static final String VOLUME_SURGE = "volume_surge";
    public static final String TAKER_IMBALANCE = "taker_imbalance";
    public static final String BASELINE_BARS = "baseline_bars";

    public FeatureSchema {
        names = List.copyOf(names);
    }

    /** Returns the number of features in a vector. */
    public int size() {
        return names.size();
    }

    /**
     * Position of a feature.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("Unknown feature: name=" + name + " schema=" + this);
        }
        return index;
    }

    /** SHA-256 of version and names: two schemas of equal hash mean the same. */
    public String hash() {
        try {
            byte[] text = toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns version and names, such as {@code v1[momentum,volatility_proxy]}. */
    @Override
    public String toString() {
        return "v" + version + "[" + String.join(",", names) + "]";
    }
}
