package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.testing.Bars;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Crashes of one minute after a calm week, from bars to signals, by the default models. */
class CrashSeverityTest {

    private static final int QUIET_MINUTES = 7 * 24 * 60;
    private static final double[] CRASHES = {.002, .005, .01, .02, .05, .1, .2, .5, .9};

    private final List<AnomalyScorer> scorers =
            DefaultModels.load().stream()
                    .filter(model -> model.role() == ModelRole.ANOMALY)
                    .map(AnomalyScorer::open)
                    .toList();

    /**
     * Returns the last vector after a week of small steps and one minute that falls by {@code
     * crash}.
     */
    private static FeatureVector vector(double crash, double volume) {
        RollingFeatures features = new RollingFeatures("BTCUSDT");
        List<FeatureVector> vectors = new ArrayList<>();
        Random random = new Random(1);
        double price = 50_000;
        for (int minute = 0; minute < QUIET_MINUTES; minute++) {
            double close = price * (1 + 4e-4 * random.nextGaussian());
            features.update(bar(minute, price, close, 1 + random.nextDouble()), vectors::add);
            price = close;
        }
        features.update(bar(QUIET_MINUTES, price, price * (1 - crash), volume), vectors::add);
        return vectors.get(vectors.size() - 1);
    }

    private static Bar bar(int minute, double open, double close, double volume) {
        double high = Math.max(open, close) * 1.0002;
        double low = Math.min(open, close) * 0.9998;
        return Bars.bar("BTCUSDT")
                .minute(minute)
                .prices(text(open), text(high), text(low), text(close))
                .volume(text(volume))
                .build();
    }

    private static String text(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e8), 8).toPlainString();
    }

    @Test
    void severityGrowsWithTheCrashLongAfterTheScoreHasStopped() {
        for (AnomalyScorer scorer : scorers) {
            List<AnomalySignal> signals =
                    DoubleStream.of(CRASHES)
                            .mapToObj(crash -> scorer.score(vector(crash, 2)).orElseThrow())
                            .toList();
            for (int i = 1; i < signals.size(); i++) {
                assertThat(signals.get(i).severity())
                        .as("crash of " + CRASHES[i])
                        .isGreaterThan(signals.get(i - 1).severity() + 0.1);
            }
            AnomalySignal five = signals.get(4);
            AnomalySignal fifty = signals.get(7);
            assertThat(five.isAnomaly()).isTrue();
            assertThat(fifty.score()).isCloseTo(five.score(), within(0.01));
            assertThat(fifty.severity() - five.severity()).isGreaterThan(1);
        }
    }

    @Test
    void sharesOfEverySignalAddUpToItsExcess() {
        Random random = new Random(2);
        for (AnomalyScorer scorer : scorers) {
            for (int i = 0; i < 200; i++) {
                double[] values = vectorOfNoise(random);
                AnomalySignal signal =
                        scorer.score(new FeatureVector("X", i, 1, 0, values)).orElseThrow();
                double sum = signal.attribution().values().stream().mapToDouble(v -> v).sum();
                assertThat(sum).isCloseTo(signal.score() - 0.5, within(1e-9));
                assertThat(signal.attribution().keySet())
                        .containsExactlyElementsOf(scorer.artifact().inputs());
            }
        }
    }

    private static double[] vectorOfNoise(Random random) {
        double size = Math.pow(10, random.nextInt(5) - 2);
        return random.doubles(10, -size, size).toArray();
    }

    @Test
    void whatMadeTheMinuteStrangeHasTheLargestShare() {
        for (AnomalyScorer scorer : scorers) {
            AnomalySignal flood = scorer.score(vector(0, 5_000)).orElseThrow();
            assertThat(flood.attribution().get("volume_surge"))
                    .isGreaterThan(flood.attribution().get("scaled_return"))
                    .isGreaterThan(flood.attribution().get("range_surge"));
        }
    }
}
