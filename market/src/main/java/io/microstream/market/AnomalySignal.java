package io.microstream.market;

import java.util.Map;
import java.util.Objects;

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
 * @param barRevision revision of the bar the signal was made from; {@link Bar#PROVISIONAL} while
 *     its minute runs
 * @param receivedAtMs {@link Bar#receivedAtMs} of the bar; not part of equality
 * @param origin of the bar, null if it is not known; not part of equality
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
        int barRevision,
        long receivedAtMs,
        BarOrigin origin) {

    /** Creates a signal of a bar whose origin is not known. */
    public AnomalySignal(
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
            int barRevision,
            long receivedAtMs) {
        this(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                score,
                threshold,
                isAnomaly,
                severity,
                attribution,
                isShadow,
                barRevision,
                receivedAtMs,
                null);
    }

    /** Creates a signal of a recording: {@code receivedAtMs} is 0. */
    public AnomalySignal(
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
            int barRevision) {
        this(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                score,
                threshold,
                isAnomaly,
                severity,
                attribution,
                isShadow,
                barRevision,
                0);
    }

    /** The signal with the origin of its bar. */
    public AnomalySignal withOrigin(BarOrigin itsOrigin) {
        return new AnomalySignal(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                score,
                threshold,
                isAnomaly,
                severity,
                attribution,
                isShadow,
                barRevision,
                receivedAtMs,
                itsOrigin);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof AnomalySignal other
                && Objects.equals(symbol, other.symbol)
                && openTimeMs == other.openTimeMs
                && Objects.equals(modelId, other.modelId)
                && modelVersion == other.modelVersion
                && Double.compare(score, other.score) == 0
                && Double.compare(threshold, other.threshold) == 0
                && isAnomaly == other.isAnomaly
                && Double.compare(severity, other.severity) == 0
                && Objects.equals(attribution, other.attribution)
                && isShadow == other.isShadow
                && barRevision == other.barRevision;
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, openTimeMs, modelId, modelVersion, barRevision);
    }
}
