package io.microstream.models;

import static io.microstream.models.TrainedModels.MINUTE;
import static io.microstream.models.TrainedModels.T0;
import static io.microstream.models.TrainedModels.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.labelling.RegimeMapping;
import io.microstream.models.protos.GaussianHmmProto;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegimeScorerTest {

    private static final int CAPACITY = RegimeFilterState.CAPACITY;

    private final ModelArtifact artifact = TrainedModels.regime(1, 4);
    private final RegimeScorer scorer = RegimeScorer.open(artifact);
    private final double[] rows = TrainedModels.rows(1_000, 7);

    private List<RegimeSignal> update(RegimeScorer by, RegimeFilterState state, int minute) {
        return by.update(state, vector(minute, 0, rows[2 * minute], rows[2 * minute + 1]));
    }

    private List<RegimeSignal> updateAll(
            RegimeScorer by, RegimeFilterState state, int from, int to) {
        List<RegimeSignal> signals = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            signals.addAll(update(by, state, minute));
        }
        return signals;
    }

    @Test
    void signalsAreTheForwardPassAndConfirmationsTheSmootherOfTwoBarsBefore() {
        List<RegimeSignal> signals = updateAll(scorer, new RegimeFilterState(), 0, 400);
        GaussianHmmModel model = scorer.model();
        HmmParameters hmm = model.parameters();
        HmmParameters settled =
                new HmmParameters(hmm.stationary(), hmm.transition(), hmm.mean(), hmm.covariance());
        double[] z = Arrays.copyOf(rows, 800);
        model.scaling().apply(z, z);
        ForwardBackward inference = new ForwardBackward(settled);
        double[] filtered = inference.filtered(Observations.of(z, 2));
        double[] p = new double[3];
        int changes = 0;
        for (int t = 0; t < 400; t++) {
            RegimeSignal signal = signals.get(t);
            byRegime(filtered, t, p);
            assertThat(new double[] {signal.pStable(), signal.pVolatile(), signal.pCrisis()})
                    .containsExactly(p, within(1e-10));
            assertThat(signal.regime()).isEqualTo(RegimeMapping.mostProbable(p));
            assertThat(signal.openTimeMs()).isEqualTo(T0 + t * MINUTE);
            if (t >= 2) {
                Observations known = Observations.of(Arrays.copyOf(z, 2 * t + 2), 2);
                byRegime(inference.smoothed(known), t - 2, p);
                assertThat(signal.confirmedRegime()).isEqualTo(RegimeMapping.mostProbable(p));
                changes += signal.confirmedRegime() != signals.get(t - 2).regime() ? 1 : 0;
            } else {
                assertThat(signal.confirmedRegime()).isEqualTo(signal.regime());
            }
        }
        assertThat(changes).isPositive();
        double surprise = signals.stream().mapToDouble(RegimeSignal::surprise).sum();
        assertThat(-surprise)
                .isCloseTo(inference.logLikelihood(Observations.of(z, 2)), within(1e-8));
    }

    private void byRegime(double[] posterior, int row, double[] into) {
        int states = scorer.model().parameters().states();
        double[] own = Arrays.copyOfRange(posterior, row * states, (row + 1) * states);
        scorer.model().labelling().mapping().sum(own, into);
    }

    /** Checks that a preview filters the waiting vectors first. */
    @Test
    void aPreviewIsTheSignalOfTheUpdateAndLeavesNoTrace() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 300);
        RegimeFilterState before = copy(state);
        List<FeatureVector> waiting = new ArrayList<>();
        for (int minute = 300; minute < 305; minute++) {
            waiting.add(vector(minute, 0, rows[2 * minute], rows[2 * minute + 1]));
        }
        FeatureVector last = waiting.remove(4);
        RegimeSignal preview = scorer.preview(state, waiting, last).orElseThrow();
        assertThat(state).usingRecursiveComparison().isEqualTo(before);
        List<RegimeSignal> signals = updateAll(scorer, state, 300, 305);
        assertThat(preview).isEqualTo(signals.get(4));
        FeatureVector undefined = vector(305, 0, Double.NaN, 1);
        assertThat(scorer.preview(state, List.of(), undefined)).isEmpty();
    }

    @Test
    void aPreviewUnderAnotherModelLeavesTheStateToTheOldOne() {
        RegimeScorer other = RegimeScorer.open(TrainedModels.regime(2, 3));
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 300);
        RegimeFilterState before = copy(state);
        FeatureVector next = vector(300, 0, rows[600], rows[601]);
        RegimeSignal preview = other.preview(state, List.of(), next).orElseThrow();
        assertThat(state).usingRecursiveComparison().isEqualTo(before);
        assertThat(preview).isEqualTo(other.update(state, next).get(0));
    }

    @Test
    void aSignalCarriesWhenTheLastTradeOfItsBarWasReceived() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 3);
        FeatureVector plain = vector(1, 1, 0.5, 0.5);
        FeatureVector revised =
                new FeatureVector(
                        plain.symbol(),
                        plain.openTimeMs(),
                        plain.schemaVersion(),
                        plain.barRevision(),
                        plain.values(),
                        1_234);
        assertThat(scorer.update(state, revised))
                .extracting(RegimeSignal::receivedAtMs)
                .containsExactly(1_234L, 0L);
    }

    @Test
    void aRowIsSurprisingIffItsSurpriseExceedsTheLimitOfTheModel() {
        RegimeScorer calibrated = RegimeScorer.open(TrainedModels.calibratedRegime(1, 4));
        double limit = calibrated.model().surpriseLimit().orElseThrow().threshold();
        List<RegimeSignal> signals = updateAll(calibrated, new RegimeFilterState(), 0, 1_000);
        List<RegimeSignal> plain = updateAll(scorer, new RegimeFilterState(), 0, 1_000);
        assertThat(signals)
                .extracting(RegimeSignal::surprise)
                .isEqualTo(plain.stream().map(RegimeSignal::surprise).toList());
        assertThat(signals).allMatch(s -> s.surpriseThreshold() == limit);
        assertThat(signals).allMatch(s -> s.isSurprising() == s.surprise() > limit);
        assertThat(signals).filteredOn(RegimeSignal::isSurprising).hasSizeBetween(2, 40);
        assertThat(plain).noneMatch(RegimeSignal::isSurprising);
        assertThat(plain).allMatch(s -> Double.isNaN(s.surpriseThreshold()));
    }

    @Test
    void aValueUnusualOnlyAfterTheBarsBeforeItIsSurprising() {
        RegimeScorer calibrated = RegimeScorer.open(TrainedModels.calibratedRegime(1, 3));
        RegimeFilterState state = new RegimeFilterState();
        for (int minute = 0; minute < 60; minute++) {
            calibrated.update(state, vector(minute, 0, -1, -0.5));
        }
        RegimeFilterState turbulent = copy(state);
        for (int minute = 60; minute < 120; minute++) {
            calibrated.update(turbulent, vector(minute, 0, 1.4, 0.9));
        }
        RegimeSignal leap = calibrated.update(state, vector(60, 0, 1.4, 0.9)).get(0);
        RegimeSignal more = calibrated.update(turbulent, vector(120, 0, 1.4, 0.9)).get(0);
        assertThat(leap.isSurprising()).isTrue();
        assertThat(more.isSurprising()).isFalse();
        assertThat(leap.surprise() - more.surprise()).isGreaterThan(3);
    }

    @Test
    void aRowOfZeroDensityHasInfiniteSurprise() {
        RegimeScorer calibrated = RegimeScorer.open(TrainedModels.calibratedRegime(1, 3));
        RegimeSignal signal =
                calibrated.update(new RegimeFilterState(), vector(0, 0, 1e200, 0)).get(0);
        assertThat(signal.surprise()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(signal.isSurprising()).isTrue();
        assertThat(signal.pStable() + signal.pVolatile() + signal.pCrisis())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void allThreeRegimesAreSeen() {
        RegimeScorer three = RegimeScorer.open(TrainedModels.regime(1, 3));
        assertThat(updateAll(three, new RegimeFilterState(), 0, 1_000))
                .extracting(RegimeSignal::regime)
                .contains(Regime.values());
    }

    @Test
    void orderOfStatesInsideTheModelDoesNotMatter() {
        RegimeScorer turned =
                RegimeScorer.open(
                        ModelArtifact.read(
                                Resealed.content(
                                        artifact.toBytes(),
                                        GaussianHmmProto.newBuilder(),
                                        proto -> turn(proto, new int[] {2, 0, 3, 1}))));
        List<RegimeSignal> expected = updateAll(scorer, new RegimeFilterState(), 0, 300);
        List<RegimeSignal> signals = updateAll(turned, new RegimeFilterState(), 0, 300);
        for (int t = 0; t < 300; t++) {
            RegimeSignal one = expected.get(t);
            RegimeSignal other = signals.get(t);
            assertThat(other.regime()).isEqualTo(one.regime());
            assertThat(other.confirmedRegime()).isEqualTo(one.confirmedRegime());
            assertThat(other.pStable()).isCloseTo(one.pStable(), within(1e-10));
            assertThat(other.pCrisis()).isCloseTo(one.pCrisis(), within(1e-10));
            assertThat(other.surprise()).isCloseTo(one.surprise(), within(1e-10));
        }
    }

    /** Reorders the states: state k of the result is state {@code order[k]}. */
    private static void turn(GaussianHmmProto.Builder proto, int[] order) {
        GaussianHmmProto old = proto.build();
        int k = order.length;
        int d = old.getInputMeanCount();
        for (int i = 0; i < k; i++) {
            proto.setStart(i, old.getStart(order[i]));
            proto.setRegime(i, old.getRegime(order[i]));
            proto.setStress(i, old.getStress(order[i]));
            proto.setOccupancy(i, old.getOccupancy(order[i]));
            proto.setMeanRange(i, old.getMeanRange(order[i]));
            for (int j = 0; j < k; j++) {
                proto.setTransition(i * k + j, old.getTransition(order[i] * k + order[j]));
            }
            for (int j = 0; j < d; j++) {
                proto.setMean(i * d + j, old.getMean(order[i] * d + j));
            }
            for (int j = 0; j < d * d; j++) {
                proto.setCovariance(i * d * d + j, old.getCovariance(order[i] * d * d + j));
            }
        }
    }

    @Test
    void revisionIsFilteredAsIfItHadComeInTime() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 300);
        List<RegimeSignal> revised = scorer.update(state, vector(290, 1, 3, 2));

        RegimeFilterState straight = new RegimeFilterState();
        updateAll(scorer, straight, 0, 290);
        List<RegimeSignal> expected =
                new ArrayList<>(scorer.update(straight, vector(290, 1, 3, 2)));
        expected.addAll(updateAll(scorer, straight, 291, 300));
        assertThat(revised).isEqualTo(expected).hasSize(10);
        assertThat(revised.get(0).barRevision()).isEqualTo(1);
        assertThat(revised.get(1).barRevision()).isZero();
        assertSameFuture(state, straight);
    }

    @Test
    void barThatWasMissingIsPutInItsPlace() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 100);
        updateAll(scorer, state, 101, 110);
        List<RegimeSignal> late = update(scorer, state, 100);

        RegimeFilterState straight = new RegimeFilterState();
        updateAll(scorer, straight, 0, 100);
        assertThat(late).isEqualTo(updateAll(scorer, straight, 100, 110)).hasSize(10);
        assertSameFuture(state, straight);
    }

    @Test
    void barThatLosesAnInputIsTakenAwayAgain() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 110);
        List<RegimeSignal> revised = scorer.update(state, vector(100, 1, Double.NaN, 0));

        RegimeFilterState straight = new RegimeFilterState();
        updateAll(scorer, straight, 0, 100);
        assertThat(revised).isEqualTo(updateAll(scorer, straight, 101, 110)).hasSize(9);
        assertSameFuture(state, straight);
    }

    private void assertSameFuture(RegimeFilterState one, RegimeFilterState two) {
        assertThat(updateAll(scorer, one, 300, 320)).isEqualTo(updateAll(scorer, two, 300, 320));
    }

    @Test
    void undefinedInputIsAMissingMinute() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 50);
        assertThat(scorer.update(state, vector(50, 0, Double.NaN, 1))).isEmpty();
        RegimeFilterState without = new RegimeFilterState();
        updateAll(scorer, without, 0, 50);
        assertThat(update(scorer, state, 51)).isEqualTo(update(scorer, without, 51));
        assertThat(state.count).isEqualTo(51);
    }

    @Test
    void missingMinutesWeakenWhatWasKnown() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 50);
        RegimeFilterState gap = new RegimeFilterState();
        updateAll(scorer, gap, 0, 50);
        double next = scorer.update(state, vector(50, 0, 1.4, 0.9)).get(0).surprise();
        double later = scorer.update(gap, vector(250, 0, 1.4, 0.9)).get(0).surprise();
        assertThat(later).isNotEqualTo(next);
        RegimeFilterState fresh = new RegimeFilterState();
        RegimeFilterState over = new RegimeFilterState();
        updateAll(scorer, over, 0, 50);
        RegimeSignal anew = scorer.update(over, vector(500, 0, 1.4, 0.9)).get(0);
        RegimeSignal first = scorer.update(fresh, vector(500, 0, 1.4, 0.9)).get(0);
        assertThat(anew).isEqualTo(first);
    }

    @Test
    void confirmationWaitsForTwoBarsAfterALongGap() {
        RegimeFilterState state = new RegimeFilterState();
        RegimeFilterState fresh = new RegimeFilterState();
        updateAll(scorer, state, 0, 50);
        assertThat(updateAll(scorer, state, 500, 520))
                .isEqualTo(updateAll(scorer, fresh, 500, 520));
    }

    @Test
    void restoredStateGoesOnBitByBit() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 333);
        RegimeFilterState restored = copy(state);
        RegimeScorer another = RegimeScorer.open(ModelArtifact.read(artifact.toBytes()));
        assertThat(updateAll(another, restored, 333, 700))
                .isEqualTo(updateAll(scorer, state, 333, 700));
    }

    @Test
    void newModelFiltersTheKeptRowsOnly() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 600);
        RegimeScorer next = RegimeScorer.open(TrainedModels.regime(2, 5));
        next.refilter(state);

        RegimeFilterState kept = new RegimeFilterState();
        updateAll(next, kept, 600 - CAPACITY, 600);
        assertThat(state.lnAlpha).hasSize(CAPACITY * 5);
        assertThat(updateAll(next, state, 600, 700)).isEqualTo(updateAll(next, kept, 600, 700));
    }

    @Test
    void stateOfAnotherModelIsFilteredAgainAutomatically() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 600);
        RegimeFilterState told = copy(state);
        RegimeScorer next = RegimeScorer.open(TrainedModels.regime(2, 3));
        next.refilter(told);
        assertThat(update(next, state, 600)).isEqualTo(update(next, told, 600));
    }

    @Test
    void memoryIsBoundedAndRevisionsBeyondItArePassedOver() {
        RegimeFilterState state = new RegimeFilterState();
        updateAll(scorer, state, 0, 1_000);
        assertThat(state.count).isEqualTo(CAPACITY);
        assertThat(state.inputs).hasSize(2 * CAPACITY);
        RegimeFilterState before = copy(state);
        assertThat(scorer.update(state, vector(700, 1, 9, 9))).isEmpty();
        assertThat(scorer.update(state, vector(1_000 - CAPACITY + 2, 1, 9, 9))).isEmpty();
        assertThat(state).usingRecursiveComparison().isEqualTo(before);
        assertThat(scorer.update(state, vector(1_000 - CAPACITY + 3, 1, 1, 1)))
                .hasSize(CAPACITY - 3);
    }

    @Test
    void stateHoldsOnlyWhatFlinkSerializesAsAPojo() {
        for (Field field : RegimeFilterState.class.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                assertThat(field.getType())
                        .isIn(long.class, int.class, boolean.class, long[].class, double[].class);
            }
        }
        assertThat(RegimeFilterState.class.getDeclaredFields())
                .filteredOn(field -> !field.isSynthetic())
                .allMatch(field -> Modifier.isPublic(field.getModifiers()));
    }

    private static RegimeFilterState copy(RegimeFilterState state) {
        RegimeFilterState copy = new RegimeFilterState();
        copy.model = state.model;
        copy.inputNames = state.inputNames;
        copy.inputCount = state.inputCount;
        copy.stateCount = state.stateCount;
        copy.oldest = state.oldest;
        copy.count = state.count;
        copy.hasDropped = state.hasDropped;
        copy.openTimes = state.openTimes.clone();
        copy.revisions = state.revisions.clone();
        copy.inputs = state.inputs.clone();
        copy.lnAlpha = state.lnAlpha.clone();
        return copy;
    }
}
