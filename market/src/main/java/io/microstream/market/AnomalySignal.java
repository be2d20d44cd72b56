package io.microstream.market;

import java.util.Map;

/**
 * What an anomaly model says of one bar.
 *
 * @param symbol upper case
 * @param openTimeMs the bar
 * @param modelId the model that spoke
 * @param modelVersion its version
 * @param score isolation score in (0, 1]; higher is stranger
 * @param threshold the model's own limit: {@code isAnomaly} iff {@code score > threshold}
 * @param isAnomaly the flag
 * @param severity how far outside the training data the bar lies, in robust standard deviations of
 *     its most extreme feature; ≥ 0, growing with each feature's distance from its training median,
 *     and unlike the score it does not saturate
 * @param attribution share of each feature in the score's excess over 0.5, the score of an average
 *     bar, by feature name: the shares add up to {@code score − 0.5} within 1e-9
 * @param isShadow true for a challenger's signal
 * @param barRevision revision of the bar the signal was made from
 */
public record AnomalySignal(
        String symbol,
        long openTimeMs,
        String modelId,
        long modelVersion,
        double score,
        double threshold,
        boolean isAnomaly,
        double severity,
        Map<String, Double> attribution,
        boolean isShadow,
        int barRevision) {}
