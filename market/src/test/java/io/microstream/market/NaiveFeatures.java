package io.microstream.market;

import java.util.ArrayList;
import java.util.List;

/** The features by their formulas, from the whole list of bars, with no state kept. */
final class NaiveFeatures {

    private final List<Bar> bars = new ArrayList<>();
    private final List<Double> logVolatility = new ArrayList<>();
    private final List<Double> logVolume = new ArrayList<>();

    /** Takes all bars of a symbol in order of time; unknown minutes are left out. */
    NaiveFeatures(List<Bar> all) {
        double meanVariance = 0;
        double meanVolume = 0;
        for (Bar bar : all) {
            if (bar.volume().signum() == 0 && !bar.complete()) {
                continue;
            }
            double keep = bars.isEmpty() ? 0 : Math.pow(0.5, minutesSince(bar) / 5);
            meanVariance = keep * meanVariance + (1 - keep) * variance(bar);
            meanVolume = keep * meanVolume + (1 - keep) * Math.max(1e-8, volume(bar));
            bars.add(bar);
            logVolatility.add(0.5 * Math.log(meanVariance));
            logVolume.add(Math.log(meanVolume));
        }
    }

    List<Bar> bars() {
        return bars;
    }

    List<FeatureVector> all() {
        List<FeatureVector> vectors = new ArrayList<>();
        for (int t = 0; t < bars.size(); t++) {
            vectors.add(at(t));
        }
        return vectors;
    }

    FeatureVector at(int t) {
        Bar bar = bars.get(t);
        double open = bar.open().doubleValue();
        double high = bar.high().doubleValue();
        double low = bar.low().doubleValue();
        double baseVolatility = t < 20 ? Double.NaN : baseline(logVolatility, t);
        double baseVolume = t < 20 ? Double.NaN : baseline(logVolume, t);
        double momentum = Double.NaN;
        if (t > 0 && bar.openTimeMs() == bars.get(t - 1).openTimeMs() + 60_000) {
            momentum = Math.log(bar.close().doubleValue() / bars.get(t - 1).close().doubleValue());
        }
        double scaled = Math.log1p(Math.abs(momentum) / Math.exp(baseVolatility));
        double bought =
                bar.takerBuyVolume() == null ? Double.NaN : bar.takerBuyVolume().doubleValue();
        double[] values = {
            momentum,
            (high - low) / open,
            activityRatio(t),
            logVolatility.get(t) - baseVolatility,
            logVolume.get(t) - baseVolume,
            momentum < 0 ? -scaled : scaled,
            Math.max(0, 0.5 * Math.log(variance(bar)) - baseVolatility),
            Math.max(0, Math.log(Math.max(1e-8, volume(bar))) - baseVolume),
            volume(bar) == 0 ? Double.NaN : 2 * bought / volume(bar) - 1,
            Math.min(t, 20_160)
        };
        return new FeatureVector(bar.symbol(), bar.openTimeMs(), 1, bar.revision(), values);
    }

    private double activityRatio(int t) {
        if (t < 20) {
            return Double.NaN;
        }
        double sum = 0;
        for (Bar earlier : bars.subList(t - 20, t)) {
            sum += volume(earlier);
        }
        return sum == 0 ? Double.NaN : volume(bars.get(t)) / (sum / 20);
    }

    private static double baseline(List<Double> values, int t) {
        return RollingMedianTest.naive(values.subList(0, t), 20_160);
    }

    private double minutesSince(Bar bar) {
        return (bar.openTimeMs() - bars.get(bars.size() - 1).openTimeMs()) / 60_000.0;
    }

    private static double variance(Bar bar) {
        double range = Math.log(bar.high().doubleValue() / bar.low().doubleValue());
        return Math.max(1e-10, range * range / (4 * Math.log(2)));
    }

    private static double volume(Bar bar) {
        return bar.volume().doubleValue();
    }
}
