package io.microstream.training.evaluation;

import io.microstream.training.evaluation.statistics.FeatureDrift;
import io.microstream.training.evaluation.statistics.FlagRate;
import io.microstream.training.evaluation.statistics.Gap;
import io.microstream.training.evaluation.statistics.MonthlyFit;
import io.microstream.training.evaluation.statistics.PriceWithRegimes;
import io.microstream.training.evaluation.statistics.QuantityByRegime;
import io.microstream.training.evaluation.statistics.RegimeDurations;
import io.microstream.training.evaluation.statistics.ScoreHistogram;
import io.microstream.training.evaluation.statistics.TopAnomaly;
import io.microstream.training.evaluation.statistics.Transitions;
import java.util.List;

/**
 * The figures behind the plots of one symbol.
 *
 * @param symbol upper case
 * @param prices with confirmed regimes: hold-out, then training
 * @param inSample the figures of the training rows
 * @param durations of confirmed regimes in the hold-out, one for each regime
 * @param trainingTransitions counted between confirmed regimes, training rows
 * @param holdOutTransitions the same, hold-out
 * @param statePath counted between latent states on the most probable path through the hold-out
 * @param quantities of the hold-out's minutes, by the regime published at their close
 * @param meanBlockHours of the bootstrap behind their intervals
 * @param fit of the regime model, month by month
 * @param flagRates of the anomaly model, month by month, and all of each part
 * @param surpriseRates rate of minutes unlikely under the regime model, the same way
 * @param scores of the anomaly model
 * @param anomalyInputs names of the anomaly model's inputs, in the order of attributions
 * @param anomalies the most severe of the flagged minutes of the hold-out, at least an hour apart
 * @param driftMonths months of the hold-out
 * @param drift of each feature
 * @param gaps the longest, in order of time
 * @param gapsLeftOut how many shorter ones are not listed
 */
public record SymbolFigures(
        String symbol,
        List<PriceWithRegimes> prices,
        RegimeFigures inSample,
        List<RegimeDurations> durations,
        Transitions trainingTransitions,
        Transitions holdOutTransitions,
        Transitions statePath,
        List<QuantityByRegime> quantities,
        int meanBlockHours,
        List<MonthlyFit> fit,
        List<FlagRate> flagRates,
        List<FlagRate> surpriseRates,
        ScoreHistogram scores,
        List<String> anomalyInputs,
        List<TopAnomaly> anomalies,
        List<String> driftMonths,
        List<FeatureDrift> drift,
        List<Gap> gaps,
        int gapsLeftOut) {}
