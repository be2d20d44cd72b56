package io.microstream.market;

import java.util.Objects;

/**
 * What a regime model says at the close of a bar, from data up to that bar only.
 *
 * @param symbol upper case
 * @param openTimeMs the bar
 * @param modelId the model that spoke
 * @param modelVersion its version
 * @param regime the most probable regime of this bar, given all bars up to it
 * @param confirmedRegime the newest confirmed regime: that of the bar two minutes before, judged
 *     with the two bars since. Quieter and later than {@code regime}; alerts use it. It never looks
 *     past this bar
 * @param pStable filtered probability of {@link Regime#STABLE_LIQUIDITY}
 * @param pVolatile filtered probability of {@link Regime#HIGH_VOLATILITY}
 * @param pCrisis filtered probability of {@link Regime#LIQUIDITY_CRISIS}; the three sum to one
 * @param surprise −ln of the predictive density of this bar's features, given all earlier bars; a
 *     second sign of anomaly beside {@link AnomalySignal}, of breaks in time
 * @param surpriseThreshold the model's own limit: {@code isSurprising} iff {@code surprise >
 *     surpriseThreshold}; NaN if the model holds none
 * @param isSurprising the flag; false if the model holds no limit
 * @param isShadow true for a challenger's signal
 * @param barRevision revision of the bar the signal was made from; {@link Bar#PROVISIONAL} while
 *     its minute runs
 * @param receivedAtMs {@link Bar#receivedAtMs} of the bar; not part of equality
 * @param origin of the bar, null if it is not known; not part of equality
 */
public record RegimeSignal(
        String symbol,
        long openTimeMs,
        String modelId,
        long modelVersion,
        Regime regime,
        Regime confirmedRegime,
        double pStable,
        double pVolatile,
        double pCrisis,
        double surprise,
        double surpriseThreshold,
        boolean isSurprising,
        boolean isShadow,
        int barRevision,
        long receivedAtMs,
        BarOrigin origin) {

    /** Creates a signal of a bar whose origin is not known. */
    public RegimeSignal(
            String symbol,
            long openTimeMs,
            String modelId,
            long modelVersion,
            Regime regime,
            Regime confirmedRegime,
            double pStable,
            double pVolatile,
            double pCrisis,
            double surprise,
            double surpriseThreshold,
            boolean isSurprising,
            boolean isShadow,
            int barRevision,
            long receivedAtMs) {
        this(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                regime,
                confirmedRegime,
                pStable,
                pVolatile,
                pCrisis,
                surprise,
                surpriseThreshold,
                isSurprising,
                isShadow,
                barRevision,
                receivedAtMs,
                null);
    }

    /** Creates a signal of a recording: {@code receivedAtMs} is 0. */
    public RegimeSignal(
            String symbol,
            long openTimeMs,
            String modelId,
            long modelVersion,
            Regime regime,
            Regime confirmedRegime,
            double pStable,
            double pVolatile,
            double pCrisis,
            double surprise,
            double surpriseThreshold,
            boolean isSurprising,
            boolean isShadow,
            int barRevision) {
        this(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                regime,
                confirmedRegime,
                pStable,
                pVolatile,
                pCrisis,
                surprise,
                surpriseThreshold,
                isSurprising,
                isShadow,
                barRevision,
                0);
    }

    /** The signal with the origin of its bar. */
    public RegimeSignal withOrigin(BarOrigin itsOrigin) {
        return new RegimeSignal(
                symbol,
                openTimeMs,
                modelId,
                modelVersion,
                regime,
                confirmedRegime,
                pStable,
                pVolatile,
                pCrisis,
                surprise,
                surpriseThreshold,
                isSurprising,
                isShadow,
                barRevision,
                receivedAtMs,
                itsOrigin);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RegimeSignal other
                && Objects.equals(symbol, other.symbol)
                && openTimeMs == other.openTimeMs
                && Objects.equals(modelId, other.modelId)
                && modelVersion == other.modelVersion
                && Objects.equals(regime, other.regime)
                && Objects.equals(confirmedRegime, other.confirmedRegime)
                && Double.compare(pStable, other.pStable) == 0
                && Double.compare(pVolatile, other.pVolatile) == 0
                && Double.compare(pCrisis, other.pCrisis) == 0
                && Double.compare(surprise, other.surprise) == 0
                && Double.compare(surpriseThreshold, other.surpriseThreshold) == 0
                && isSurprising == other.isSurprising
                && isShadow == other.isShadow
                && barRevision == other.barRevision;
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, openTimeMs, modelId, modelVersion, barRevision);
    }
}
