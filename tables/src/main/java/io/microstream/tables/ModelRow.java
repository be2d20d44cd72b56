package io.microstream.tables;

/**
 * A model as the table {@code models} keeps it: where it comes from and when it takes effect, not
 * its bytes.
 *
 * @param modelId name of the model
 * @param modelVersion grows with each training
 * @param role what it is for, as {@code REGIME} or {@code ANOMALY}
 * @param symbol the symbol it judges, or {@code *} for every symbol without a model of its own
 * @param schemaVersion version of the feature schema it was trained on
 * @param sha256 of its bytes, in hexadecimal
 * @param trainedFromMs first bar of its training, by open time
 * @param trainedToMs end of its training
 * @param effectiveFromMs first bar it scores, by open time
 * @param status {@code CHAMPION}, or what became of it
 * @param provenance JSON: data, settings and figures of its training
 */
public record ModelRow(
        String modelId,
        long modelVersion,
        String role,
        String symbol,
        int schemaVersion,
        String sha256,
        long trainedFromMs,
        long trainedToMs,
        long effectiveFromMs,
        String status,
        String provenance) {}
