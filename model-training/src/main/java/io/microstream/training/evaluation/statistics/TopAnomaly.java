package io.microstream.training.evaluation.statistics;

import io.microstream.market.Regime;
import java.util.List;

/**
 * One of the most severe anomalies of the hold-out.
 *
 * @param time open time in UTC, {@code 2025-03-04 14:36}
 * @param moveBp log return of the minute, basis points
 * @param rangeBp (high − low) / open, basis points
 * @param volume base asset
 * @param score of the anomaly model
 * @param severity see {@link io.microstream.market.AnomalySignal}
 * @param regime published at the minute's close; null if none was
 * @param attribution share of each input in the score's excess over 0.5, inputs in order of name
 */
public record TopAnomaly(
        String time,
        double moveBp,
        double rangeBp,
        double volume,
        double score,
        double severity,
        Regime regime,
        List<Double> attribution) {

    public TopAnomaly {
        attribution = List.copyOf(attribution);
    }
}
