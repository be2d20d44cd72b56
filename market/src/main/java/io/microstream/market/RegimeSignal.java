package io.microstream.market;

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
 * @param barRevision revision of the bar the signal was made from
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
        int barRevision) {}
