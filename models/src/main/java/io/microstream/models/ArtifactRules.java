package io.microstream.models;

import io.microstream.market.FeatureSchema;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules that every artefact must keep, whether made or read: names, times, sizes, provenance.
 */
final class ArtifactRules {

    /** End of the year 9999, the latest time a database can hold. */
    private static final long LAST_MS = 253_402_300_799_999L;

    private static final int MOST_FEATURES = 256;
    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,40}|\\*");
    private static final Pattern FEATURE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private ArtifactRules() {}

    static void checkIdentity(String modelId, String symbol, long version, int modelBytes) {
        require(MODEL_ID.matcher(modelId).matches(), "modelId", modelId);
        require(SYMBOL.matcher(symbol).matches(), "symbol", symbol);
        require(version >= 1, "version", version);
        require(
                modelBytes > 0 && modelBytes < ModelArtifact.LARGEST,
                "model bytes",
                modelBytes + " limit=" + ModelArtifact.LARGEST);
    }

    static void checkTimes(long effectiveFromMs, long trainedFromMs, long trainedToMs) {
        require(isTime(effectiveFromMs), "effectiveFromMs", effectiveFromMs);
        require(isTime(trainedToMs), "trainedToMs", trainedToMs);
        boolean isBefore = isTime(trainedFromMs) && trainedFromMs <= trainedToMs;
        require(isBefore, "trainedFromMs", trainedFromMs);
    }

    private static boolean isTime(long ms) {
        return ms >= 0 && ms <= LAST_MS;
    }

    static void checkFeatures(FeatureSchema schema, List<String> inputs) {
        require(schema.version() >= 1 && areNames(schema.names()), "schema", schema);
        require(areNames(inputs) && schema.names().containsAll(inputs), "inputs", inputs);
    }

    private static boolean areNames(List<String> names) {
        return !names.isEmpty()
                && names.size() <= MOST_FEATURES
                && names.stream().allMatch(name -> FEATURE.matcher(name).matches())
                && names.stream().distinct().count() == names.size();
    }

    /**
     * Checks the provenance; of format 1 only that a database can hold it, since that format
     * promised no more.
     */
    static void checkProvenance(int format, String json, long trainedFromMs, long trainedToMs) {
        Provenance.requireJson(json);
        if (format == ModelArtifact.FORMAT_WITHOUT_CHECKSUM) {
            return;
        }
        Optional<Provenance> origin = Provenance.read(json);
        origin.ifPresent(
                known ->
                        require(
                                known.firstMs() <= trainedFromMs && trainedToMs <= known.lastMs(),
                                "trained outside of its bars, trainedFromMs",
                                trainedFromMs + " trainedToMs=" + trainedToMs));
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + "=" + value);
        }
    }
}
