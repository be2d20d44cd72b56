package io.microstream.models;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.SurpriseLimit;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.models.hmm.labelling.RegimeMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Filters the feature vectors of symbols through a regime model: one signal for each bar, from data
 * up to that bar only.
 *
 * <p>The state of a symbol is its {@link RegimeFilterState}, held by the caller; one scorer serves
 * all symbols. Results are a function of the vectors kept there:
 *
 * <ul>
 *   <li>the filter begins with the stationary distribution; minutes without a vector are steps
 *       without emission, and after more than {@value OnlineFilter#LONGEST_GAP} of them the filter
 *       restarts;
 *   <li>a vector whose bar is not newer than the newest is a revision: it replaces the row of its
 *       bar, or is inserted, and the later rows are filtered again;
 *   <li>a vector with an undefined input counts as a missing minute and removes a row of the same
 *       bar;
 *   <li>the confirmed regime of a row is that of the row {@value #LAG} before, smoothed with the
 *       rows since; until there are that many since the filter began, it is the regime itself;
 *   <li>a state that another model filtered is {@linkplain #refilter filtered again} first.
 * </ul>
 *
 * <p>The surprise is −ln of the predictive density of the standardised inputs: high for a bar that
 * is unlikely under the regime model. It is compared with the model's {@link SurpriseLimit}; under
 * a model without one no bar is surprising. Not thread-safe: it owns scratch arrays.
 */
public final class RegimeScorer {

    /** Number of later rows that confirm a regime. */
    public static final int LAG = 2;

    private static final int CAPACITY = RegimeFilterState.CAPACITY;

    private final ModelArtifact artifact;
    private final boolean isShadow;
    private final GaussianHmmModel model;
    private final RegimeMapping mapping;
    private final OnlineFilter filter;
    private final FeatureExamples examples;
    private final double surpriseThreshold;
    private final long fingerprint;
    private final long inputNames;
    private final double[] x;
    private final double[] lnAlpha;
    private final double[] posterior;
    private final double[] byRegime = new double[Regime.values().length];
    private final double[] later;
    private final double[] raw;
    private final long[] missing = new long[LAG];

    private RegimeScorer(ModelArtifact artifact, boolean isShadow, GaussianHmmModel model) {
        this.artifact = artifact;
        this.isShadow = isShadow;
        this.model = model;
        this.mapping = model.labelling().mapping();
        this.filter = new OnlineFilter(model.parameters());
        this.examples = new FeatureExamples(artifact.schema(), model.inputs());
        this.surpriseThreshold =
                model.surpriseLimit().map(SurpriseLimit::threshold).orElse(Double.NaN);
        this.fingerprint = Long.parseUnsignedLong(artifact.sha256().substring(0, 16), 16);
        this.inputNames = fingerprint(artifact);
        this.x = new double[model.inputs().size()];
        this.raw = new double[x.length];
        this.later = new double[LAG * x.length];
        this.lnAlpha = new double[filter.states()];
        this.posterior = new double[filter.states()];
    }

    /**
     * Returns a hash of schema version and input names; rows kept under another hash hold other
     * inputs.
     */
    private static long fingerprint(ModelArtifact artifact) {
        FeatureSchema inputs = new FeatureSchema(artifact.schema().version(), artifact.inputs());
        return Long.parseUnsignedLong(inputs.hash().substring(0, 16), 16);
    }

    /**
     * Opens the regime model inside an artefact, for vectors that {@link RollingFeatures} makes.
     * Models of another schema are opened by {@link ModelKinds#REGIME}.
     *
     * @throws ModelRejectedException if it is no regime model, of another schema, or damaged
     */
    public static RegimeScorer open(ModelArtifact artifact) {
        return ModelKinds.REGIME.open(artifact.requireSchema(RollingFeatures.SCHEMA), false);
    }

    /** Returns the scorer of a model; called by {@link ModelKinds#REGIME}. */
    static RegimeScorer of(ModelArtifact artifact, boolean isShadow, GaussianHmmModel model) {
        RegimeScorer scorer = new RegimeScorer(artifact, isShadow, model);
        scorer.tryOut();
        return scorer;
    }

    /**
     * Filters rows near to and far from the training data: the model must answer all of them with
     * probabilities.
     */
    private void tryOut() {
        filter.start(lnAlpha);
        for (double far : new double[] {0, 1, -1, 20, -20}) {
            Arrays.fill(raw, far);
            model.scaling().apply(raw, x);
            double surprise = filter.step(lnAlpha, x);
            filter.posterior(lnAlpha, posterior);
            double sum = Arrays.stream(posterior).sum();
            boolean isUsable = !Double.isNaN(surprise) && Math.abs(sum - 1) < 1e-6;
            ModelKind.requireTrial(
                    artifact, isUsable, "x=" + far + " surprise=" + surprise + " sum", sum);
        }
    }

    /** Returns the artefact that was opened. */
    public ModelArtifact artifact() {
        return artifact;
    }

    /** Returns the model inside the artefact. */
    public GaussianHmmModel model() {
        return model;
    }

    /**
     * Filters a vector into a symbol's state.
     *
     * @return one signal for a new bar; for a revision one for its bar and for each later one; none
     *     for a new bar with an undefined input, and none for a revision of a bar older than the
     *     rows kept, which is ignored
     * @throws IllegalArgumentException if the vector is of another schema version
     */
    public List<RegimeSignal> update(RegimeFilterState state, FeatureVector vector) {
        boolean isDefined = examples.read(vector, raw);
        if (state.model != fingerprint || state.inputNames != inputNames) {
            refilter(state);
        }
        int row = place(state, vector.openTimeMs());
        boolean isKnown =
                row < state.count && state.openTimes[state.slot(row)] == vector.openTimeMs();
        boolean isOutOfReach = state.hasDropped && row <= LAG && row < state.count;
        if (isOutOfReach || (!isDefined && !isKnown)) {
            return List.of();
        }
        if (!isDefined) {
            state.remove(row);
        } else if (isKnown) {
            state.write(row, vector.openTimeMs(), vector.barRevision(), raw);
        } else {
            row = state.insert(row, vector.openTimeMs(), vector.barRevision(), raw);
        }
        List<RegimeSignal> signals = new ArrayList<>(state.count - row);
        for (; row < state.count; row++) {
            double surprise = advance(state, row);
            boolean isOwn = state.openTimes[state.slot(row)] == vector.openTimeMs();
            long receivedAtMs = isOwn ? vector.receivedAtMs() : 0;
            signals.add(signal(state, row, vector.symbol(), surprise, receivedAtMs));
        }
        return signals;
    }

    /**
     * Returns the signal that {@link #update} would give for a vector after some others, without
     * changing the state. Costs a copy of the state.
     *
     * @param before vectors that have not been filtered yet, by open time; only the newest {@value
     *     RegimeFilterState#CAPACITY} matter
     * @return empty if an input of the vector is undefined
     * @throws IllegalArgumentException if a vector is of another schema version
     */
    public Optional<RegimeSignal> preview(
            RegimeFilterState state, List<FeatureVector> before, FeatureVector vector) {
        RegimeFilterState copy = state.copy();
        int from = Math.max(0, before.size() - CAPACITY);
        before.subList(from, before.size()).forEach(earlier -> update(copy, earlier));
        return update(copy, vector).stream()
                .filter(signal -> signal.openTimeMs() == vector.openTimeMs())
                .findFirst();
    }

    /**
     * Filters the kept rows again, under this model, from the stationary distribution; rows kept
     * for other inputs are discarded. Called when the model changes: no belief of the old model is
     * carried over.
     */
    public void refilter(RegimeFilterState state) {
        if (state.inputNames != inputNames || state.inputCount != x.length) {
            state.reset(inputNames, x.length);
        }
        state.model = fingerprint;
        state.stateCount = filter.states();
        state.lnAlpha = new double[CAPACITY * filter.states()];
        for (int row = 0; row < state.count; row++) {
            advance(state, row);
        }
    }

    /** Returns the row of the first bar that is not older. */
    private static int place(RegimeFilterState state, long openTimeMs) {
        int row = state.count;
        while (row > 0 && state.openTimes[state.slot(row - 1)] >= openTimeMs) {
            row--;
        }
        return row;
    }

    /** Filters one row from the one before it; returns its surprise. */
    private double advance(RegimeFilterState state, int row) {
        int states = filter.states();
        if (row == 0) {
            filter.start(lnAlpha);
        } else {
            System.arraycopy(state.lnAlpha, state.slot(row - 1) * states, lnAlpha, 0, states);
            filter.skip(lnAlpha, state.missingBefore(row));
        }
        standardised(state, row, x);
        double surprise = filter.step(lnAlpha, x);
        System.arraycopy(lnAlpha, 0, state.lnAlpha, state.slot(row) * states, states);
        return surprise;
    }

    private void standardised(RegimeFilterState state, int row, double[] into) {
        System.arraycopy(state.inputs, state.slot(row) * x.length, into, 0, x.length);
        model.scaling().apply(into, into);
    }

    private RegimeSignal signal(
            RegimeFilterState state, int row, String symbol, double surprise, long receivedAtMs) {
        filter.posterior(lnAlpha, posterior);
        mapping.sum(posterior, byRegime);
        double stable = byRegime[Regime.STABLE_LIQUIDITY.ordinal()];
        double isVolatile = byRegime[Regime.HIGH_VOLATILITY.ordinal()];
        double crisis = byRegime[Regime.LIQUIDITY_CRISIS.ordinal()];
        Regime regime = RegimeMapping.mostProbable(byRegime);
        return new RegimeSignal(
                symbol,
                state.openTimes[state.slot(row)],
                artifact.modelId(),
                artifact.version(),
                regime,
                confirmed(state, row, regime),
                stable,
                isVolatile,
                crisis,
                surprise,
                surpriseThreshold,
                surprise > surpriseThreshold,
                isShadow,
                (int) state.revisions[state.slot(row)],
                receivedAtMs);
    }

    private Regime confirmed(RegimeFilterState state, int row, Regime regime) {
        if (row < LAG) {
            return regime;
        }
        for (int i = 0; i < LAG; i++) {
            int since = row - LAG + 1 + i;
            missing[i] = state.missingBefore(since);
            if (missing[i] > OnlineFilter.LONGEST_GAP) {
                return regime;
            }
            standardised(state, since, x);
            System.arraycopy(x, 0, later, i * x.length, x.length);
        }
        int slot = state.slot(row - LAG);
        System.arraycopy(state.lnAlpha, slot * lnAlpha.length, lnAlpha, 0, lnAlpha.length);
        filter.smoothed(lnAlpha, later, missing, LAG, posterior);
        mapping.sum(posterior, byRegime);
        return RegimeMapping.mostProbable(byRegime);
    }
}
