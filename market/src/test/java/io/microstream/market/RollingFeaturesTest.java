package io.microstream.market;

import static io.microstream.market.Bars.bar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingFeaturesTest {

    private static final String SYMBOL = "BTCUSDT";

    @Test
    void featuresEqualTheNaiveOnes() {
        for (long seed = 0; seed < 20; seed++) {
            List<Bar> bars = randomBars(seed, 400);
            assertClose(fed(bars), new NaiveFeatures(bars).all());
        }
    }

    @Test
    void featuresEqualTheNaiveOnesWhenTheBaselineSlides() {
        List<Bar> bars = randomBars(1, RollingFeatures.BASELINE_BARS + 2_500);
        List<FeatureVector> vectors = fed(bars);
        NaiveFeatures naive = new NaiveFeatures(bars);
        assertThat(vectors).hasSameSizeAs(naive.bars());
        int last = vectors.size() - 1;
        assertThat(vectors.get(last).value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS))
                .isEqualTo(20_160);
        for (int t = last - 1_200; t <= last; t += 7) {
            assertClose(List.of(vectors.get(t)), List.of(naive.at(t)));
        }
    }

    @Test
    void whatNeedsHistoryIsNotANumberUntilThereIsEnough() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            bars.add(bar(SYMBOL).minute(i).prices("100", "102", "99", "101").build());
        }
        List<FeatureVector> vectors = fed(bars);
        assertThat(vectors.get(0).values())
                .containsExactly(
                        Double.NaN,
                        0.03,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        0,
                        0);
        assertThat(vectors.get(1).value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM)).isZero();
        assertThat(vectors.get(19).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isNaN();
        assertThat(vectors.get(19).value(RollingFeatures.SCHEMA, FeatureSchema.LOG_VOLATILITY))
                .isNaN();
        assertThat(vectors.get(20).values()).doesNotContain(Double.NaN);
        assertThat(vectors.get(20).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isEqualTo(1);
        assertThat(vectors.get(20).value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS))
                .isEqualTo(20);
    }

    @Test
    void aGapBreaksTheReturnAndAgesTheAverages() {
        List<Bar> bars = steady(30);
        bars.add(bar(SYMBOL).minute(35).prices("100", "110", "100", "110").volume("9").build());
        bars.add(bar(SYMBOL).minute(36).prices("110", "110", "99", "99").build());
        List<FeatureVector> vectors = fed(bars);
        assertThat(vectors).hasSize(32);
        assertThat(vectors.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM)).isNaN();
        assertThat(vectors.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.SCALED_RETURN))
                .isNaN();
        assertThat(vectors.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isEqualTo(9);
        double half = Math.pow(0.5, 6 / 5.0);
        double volume = Math.log(half * 1 + (1 - half) * 9);
        double median = RollingMedianTest.naive(java.util.Collections.nCopies(30, 0.0), 30);
        assertThat(vectors.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.LOG_VOLUME))
                .isCloseTo(volume - median, within(1e-12));
        assertThat(vectors.get(31).value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM))
                .isCloseTo(Math.log(99 / 110.0), within(1e-15));
    }

    @Test
    void anEmptyMinuteIsAnObservationButAnUnknownOneIsNot() {
        List<Bar> bars = steady(30);
        bars.add(bar(SYMBOL).minute(30).empty().build());
        bars.add(bar(SYMBOL).minute(31).build());
        List<FeatureVector> known = fed(bars);
        assertThat(known).hasSize(32);
        assertThat(known.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM)).isZero();
        assertThat(known.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isZero();
        assertThat(known.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.VOLUME_SURGE))
                .isZero();
        assertThat(known.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.TAKER_IMBALANCE))
                .isNaN();
        assertThat(known.get(31).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isEqualTo(20 / 19.0);

        bars.set(30, bar(SYMBOL).minute(30).empty().incomplete().build());
        List<FeatureVector> unknown = fed(bars);
        assertThat(unknown).hasSize(31);
        assertThat(unknown.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM)).isNaN();
        assertThat(unknown.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isEqualTo(1);
        assertThat(unknown.get(30).value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS))
                .isEqualTo(30);
    }

    @Test
    void twentyEmptyMinutesLeaveTheActivityRatioUndefined() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            bars.add(bar(SYMBOL).minute(i).empty().build());
        }
        bars.add(bar(SYMBOL).minute(20).build());
        assertThat(fed(bars).get(20).value(RollingFeatures.SCHEMA, FeatureSchema.ACTIVITY_RATIO))
                .isNaN();
    }

    @Test
    void theTakerSideIsUnknownWhereTheBarDoesNotTellIt() {
        Bar sixColumns = bar(SYMBOL).volume("4").takerBuyVolume(null).build();
        Bar twelve = bar(SYMBOL).minute(1).volume("4").takerBuyVolume("3").build();
        List<FeatureVector> vectors = fed(List.of(sixColumns, twelve));
        assertThat(vectors.get(0).value(RollingFeatures.SCHEMA, FeatureSchema.TAKER_IMBALANCE))
                .isNaN();
        assertThat(vectors.get(1).value(RollingFeatures.SCHEMA, FeatureSchema.TAKER_IMBALANCE))
                .isEqualTo(0.5);
    }

    @Test
    void revisingABarEqualsAFreshStartWithTheRevisedBar() {
        for (int back : new int[] {1, 2, 21, 119, 120}) {
            List<Bar> bars = randomBars(back, 500);
            bars.removeIf(bar -> bar.volume().signum() == 0 && !bar.complete());
            RollingFeatures features = new RollingFeatures(SYMBOL);
            bars.forEach(bar -> features.update(bar, vector -> {}));
            int revised = bars.size() - back;
            bars.set(revised, revision(bars.get(revised)));
            List<FeatureVector> again = new ArrayList<>();
            assertThat(features.update(bars.get(revised), again::add)).isTrue();
            List<FeatureVector> fresh = fed(bars);
            assertThat(again).isEqualTo(fresh.subList(revised, fresh.size()));
            assertThat(again.get(0).barRevision()).isEqualTo(1);
            assertNextBarsEqual(features, bars, fresh);
        }
    }

    @Test
    void manyRevisionsLeaveTheStateOfAFreshStart() {
        Random random = new Random(9);
        List<Bar> bars = randomBars(9, 600);
        bars.removeIf(bar -> bar.volume().signum() == 0 && !bar.complete());
        RollingFeatures features = new RollingFeatures(SYMBOL);
        Map<Long, FeatureVector> latest = new HashMap<>();
        for (int i = 0; i < bars.size(); i++) {
            features.update(bars.get(i), vector -> latest.put(vector.openTimeMs(), vector));
            if (random.nextInt(4) == 0) {
                int revised = i - random.nextInt(Math.min(i + 1, 120));
                bars.set(revised, revision(bars.get(revised)));
                features.update(bars.get(revised), v -> latest.put(v.openTimeMs(), v));
            }
        }
        for (FeatureVector fresh : fed(bars)) {
            assertThat(latest.get(fresh.openTimeMs())).isEqualTo(fresh);
        }
    }

    @Test
    void aBarThatComesAfterItsFollowersTakesItsPlace() {
        List<Bar> bars = randomBars(5, 300);
        bars.removeIf(bar -> bar.volume().signum() == 0 && !bar.complete());
        RollingFeatures features = new RollingFeatures(SYMBOL);
        int missed = bars.size() - 40;
        Bar late = bars.get(missed);
        for (Bar bar : bars) {
            if (bar != late) {
                features.update(bar, vector -> {});
            }
        }
        List<FeatureVector> again = new ArrayList<>();
        assertThat(features.update(late, again::add)).isTrue();
        List<FeatureVector> fresh = fed(bars);
        assertThat(again).isEqualTo(fresh.subList(missed, fresh.size()));
    }

    @Test
    void barsBeyondTheHorizonAreRefusedAndChangeNothing() {
        List<Bar> bars = randomBars(6, 500);
        bars.removeIf(bar -> bar.volume().signum() == 0 && !bar.complete());
        RollingFeatures features = new RollingFeatures(SYMBOL);
        bars.forEach(bar -> features.update(bar, vector -> {}));
        List<FeatureVector> out = new ArrayList<>();
        assertThat(features.update(revision(bars.get(bars.size() - 121)), out::add)).isFalse();
        assertThat(features.update(revision(bars.get(0)), out::add)).isFalse();
        assertThat(features.update(bar(SYMBOL).minute(-1).build(), out::add)).isFalse();
        assertThat(out).isEmpty();
        assertNextBarsEqual(features, bars, fed(bars));
    }

    @Test
    void featuresOfABarDoNotDependOnLaterBars() {
        List<Bar> bars = randomBars(7, 300);
        List<FeatureVector> all = fed(bars);
        for (int length : new int[] {1, 20, 21, 22, 150, 280}) {
            List<FeatureVector> shorter = fed(bars.subList(0, length));
            assertThat(shorter).isEqualTo(all.subList(0, shorter.size()));
        }
    }

    @Test
    void aCrashOf5PercentAndOneOf50PercentLookDifferent() {
        FeatureVector small = crash("95");
        FeatureVector large = crash("50");
        for (String name :
                List.of(
                        FeatureSchema.MOMENTUM,
                        FeatureSchema.VOLATILITY_PROXY,
                        FeatureSchema.LOG_VOLATILITY,
                        FeatureSchema.SCALED_RETURN,
                        FeatureSchema.RANGE_SURGE)) {
            assertThat(Math.abs(large.value(RollingFeatures.SCHEMA, name)))
                    .as(name)
                    .isGreaterThan(Math.abs(small.value(RollingFeatures.SCHEMA, name)) * 1.1);
        }
        assertThat(large.value(RollingFeatures.SCHEMA, FeatureSchema.MOMENTUM))
                .isEqualTo(StrictMath.log(0.5));
        double surgeApart =
                large.value(RollingFeatures.SCHEMA, FeatureSchema.RANGE_SURGE)
                        - small.value(RollingFeatures.SCHEMA, FeatureSchema.RANGE_SURGE);
        assertThat(surgeApart).isCloseTo(Math.log(Math.log(2) / -Math.log(0.95)), within(1e-12));
    }

    /** Twins take the same bars and revisions; one of them is asked for previews all the time. */
    @Test
    void previewsAreWhatTheUpdateGivesAndLeaveNoTrace() {
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            List<Bar> bars = randomBars(seed, 400);
            RollingFeatures asked = new RollingFeatures(SYMBOL);
            RollingFeatures left = new RollingFeatures(SYMBOL);
            for (int i = 0; i < bars.size(); i++) {
                Bar bar = bars.get(i);
                asked.preview(provisional(revision(bar)));
                Optional<FeatureVector> preview = asked.preview(bar);
                assertSameState(asked, left);
                assertUpdatedAlike(asked, left, bar, preview.map(List::of).orElse(List.of()));
                assertThat(asked.preview(bar)).as("not newer").isEmpty();
                if (random.nextInt(10) == 0) {
                    Bar revised = revision(bars.get(i - random.nextInt(Math.min(i + 1, 100))));
                    assertUpdatedAlike(asked, left, revised, null);
                }
            }
        }
    }

    private static void assertUpdatedAlike(
            RollingFeatures asked, RollingFeatures left, Bar bar, List<FeatureVector> expected) {
        List<FeatureVector> one = new ArrayList<>();
        List<FeatureVector> other = new ArrayList<>();
        assertThat(asked.update(bar, one::add)).isEqualTo(left.update(bar, other::add));
        assertThat(one).isEqualTo(other).isEqualTo(expected == null ? other : expected);
        assertSameState(asked, left);
    }

    private static void assertSameState(RollingFeatures one, RollingFeatures other) {
        assertSameFields(one, other);
        assertSameFields(one.volatilityBaseline, other.volatilityBaseline);
        assertSameFields(one.volumeBaseline, other.volumeBaseline);
    }

    /** Field by field, to the last bit; what holds fields of its own is compared by itself. */
    private static void assertSameFields(Object one, Object other) {
        try {
            for (Field field : one.getClass().getFields()) {
                boolean shallow = field.getType() != RollingMedian.class;
                if (shallow && !Objects.deepEquals(field.get(one), field.get(other))) {
                    assertThat(field.get(one)).as(field.getName()).isEqualTo(field.get(other));
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError("State types have public fields", e);
        }
    }

    private static Bar provisional(Bar bar) {
        return bar.withRevision(Bar.PROVISIONAL);
    }

    @Test
    void aPreviewIsMarkedAsProvisional() {
        RollingFeatures features = new RollingFeatures(SYMBOL);
        BarBuilder running = new BarBuilder();
        running.add(BarBuilderTest.trade(1).receivedAt(1_234));
        FeatureVector vector = features.preview(running.toProvisionalBar(SYMBOL, 0)).orElseThrow();
        assertThat(vector.isProvisional()).isTrue();
        assertThat(vector.barRevision()).isEqualTo(Bar.PROVISIONAL).isLessThan(-1);
        assertThat(vector.receivedAtMs()).isEqualTo(1_234);
        assertThatThrownBy(() -> features.preview(bar("ETHUSDT").build()))
                .hasMessage("Bar of another symbol: symbol=ETHUSDT expected=BTCUSDT");
    }

    /** A vector tells when its own bar's last trade came; bars computed again do not know it. */
    @Test
    void aVectorTellsWhenTheLastTradeOfItsBarWasReceived() {
        RollingFeatures features = new RollingFeatures(SYMBOL);
        List<FeatureVector> vectors = new ArrayList<>();
        for (int minute = 0; minute < 3; minute++) {
            features.update(received(minute, 100 + minute), vectors::add);
        }
        assertThat(vectors)
                .extracting(FeatureVector::receivedAtMs)
                .containsExactly(100L, 101L, 102L);
        vectors.clear();
        features.update(received(1, 777).withRevision(1), vectors::add);
        assertThat(vectors).extracting(FeatureVector::receivedAtMs).containsExactly(777L, 0L);
    }

    private static Bar received(int minute, long receivedAtMs) {
        BarBuilder builder = new BarBuilder();
        builder.add(BarBuilderTest.trade(1).receivedAt(receivedAtMs));
        return builder.toBar(SYMBOL, minute * Bar.MINUTE_MS);
    }

    @Test
    void aBarOfAnotherSymbolIsRefused() {
        RollingFeatures features = new RollingFeatures(SYMBOL);
        assertThatThrownBy(() -> features.update(bar("ETHUSDT").build(), vector -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Bar of another symbol: symbol=ETHUSDT expected=BTCUSDT");
        assertThat(features.newestOpenTimeMs()).isEqualTo(Long.MIN_VALUE);
    }

    private static FeatureVector crash(String close) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bars.add(bar(SYMBOL).minute(i).prices("100", "100.1", "99.9", "100").build());
        }
        bars.add(bar(SYMBOL).minute(100).prices("100", "100", close, close).build());
        return fed(bars).get(100);
    }

    private static void assertNextBarsEqual(
            RollingFeatures features, List<Bar> bars, List<FeatureVector> fresh) {
        List<Bar> longer = new ArrayList<>(bars);
        List<FeatureVector> next = new ArrayList<>();
        long newest = (bars.get(bars.size() - 1).openTimeMs() - Bars.START_MS) / 60_000;
        for (int i = 1; i <= 30; i++) {
            Bar bar = bar(SYMBOL).minute(newest + i).prices("9", "11", "8", "10").build();
            longer.add(bar);
            features.update(bar, next::add);
        }
        List<FeatureVector> all = fed(longer);
        assertThat(next).isEqualTo(all.subList(fresh.size(), all.size()));
    }

    private static List<FeatureVector> fed(List<Bar> bars) {
        RollingFeatures features = new RollingFeatures(SYMBOL);
        List<FeatureVector> vectors = new ArrayList<>();
        for (Bar bar : bars) {
            assertThat(features.update(bar, vectors::add)).isTrue();
        }
        return vectors;
    }

    private static void assertClose(List<FeatureVector> actual, List<FeatureVector> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).openTimeMs()).isEqualTo(expected.get(i).openTimeMs());
            double[] values = actual.get(i).values();
            double[] naive = expected.get(i).values();
            for (int f = 0; f < naive.length; f++) {
                String name = RollingFeatures.SCHEMA.names().get(f) + " of bar " + i;
                if (Double.isNaN(naive[f])) {
                    assertThat(values[f]).as(name).isNaN();
                } else {
                    double tolerance = 1e-12 * Math.max(1, Math.abs(naive[f]));
                    assertThat(values[f]).as(name).isCloseTo(naive[f], within(tolerance));
                }
            }
        }
    }

    private static List<Bar> steady(int count) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bars.add(bar(SYMBOL).minute(i).build());
        }
        return bars;
    }

    private static Bar revision(Bar bar) {
        return bar(SYMBOL)
                .minute((bar.openTimeMs() - Bars.START_MS) / 60_000)
                .prices(
                        bar.open().toPlainString(),
                        bar.high().add(BigDecimal.TEN).toPlainString(),
                        bar.low().toPlainString(),
                        bar.close().add(BigDecimal.ONE).toPlainString())
                .volume(bar.volume().add(new BigDecimal("77.7")).toPlainString())
                .revision(bar.revision() + 1)
                .build();
    }

    /** A random walk with missing, empty, unknown and flat minutes. */
    private static List<Bar> randomBars(long seed, int minutes) {
        Random random = new Random(seed);
        List<Bar> bars = new ArrayList<>();
        long price = 5_000_000;
        for (int minute = 0; minute < minutes; minute++) {
            int kind = random.nextInt(40);
            if (kind == 0) {
                continue;
            }
            Bars bar = bar(SYMBOL).minute(minute);
            if (kind <= 2) {
                bars.add(
                        (kind == 1 ? bar.empty() : bar.empty().incomplete())
                                .flat(cents(price))
                                .build());
                continue;
            }
            long scale = 1 + random.nextInt(kind == 3 ? 50_000 : 3_000);
            long close = Math.max(1_000_000, price + (long) (scale * random.nextGaussian()));
            long high = Math.max(price, close) + (kind == 4 ? 0 : random.nextInt((int) scale));
            long low = Math.min(price, close) - (kind == 4 ? 0 : random.nextInt((int) scale));
            double volume = Math.exp(2 + random.nextGaussian());
            bars.add(
                    bar.prices(cents(price), cents(high), cents(low), cents(close))
                            .volume(BigDecimal.valueOf(Math.round(volume * 1e5), 5).toPlainString())
                            .takerBuyVolume(kind == 5 ? null : cents((long) (volume * 50)))
                            .build());
            price = close;
        }
        return bars;
    }

    private static String cents(long value) {
        return BigDecimal.valueOf(value, 2).toPlainString();
    }
}
