package io.microstream.training;

import io.microstream.market.FeatureSchema;
import io.microstream.market.Regime;
import io.microstream.models.hmm.ForwardBackward;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.hmm.Observations;
import io.microstream.models.hmm.RegimeLabelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Chooses and trains the regime model: a Gaussian hidden Markov model on log_volatility alone.
 *
 * <p>Volume is left out: with it the widest state also wins quiet bars of odd volume, and forward
 * volatility no longer separates the regimes (measured, docs/internals.md).
 *
 * <p>The training time is cut once more: candidates of K = {@value #FEWEST} … {@value #MOST} states
 * are fitted on its first four fifths (on every n-th month if that is long) and compared by the
 * likelihood of the last fifth. A candidate qualifies if {@link RegimeLabelling} finds a crisis
 * among its states that is no rarer than a hold-out must have it. The best that qualifies is fitted
 * again on all training rows, from the start; should it not qualify there, the next best. The
 * hold-out takes no part in any of this.
 *
 * <p>Baum-Welch begins at quantiles of the volatility and ends when a step gains less than {@value
 * #LEAST_GAIN} nats a bar: a rule that means the same for a month and for three years.
 */
final class RegimeTraining {

    static final int FEWEST = 3;
    static final int MOST = 6;
    static final double LEAST_GAIN = 1e-5;
    static final int MOST_ITERATIONS = 250;

    /** Training rows that make sense at the least. */
    static final int FEWEST_ROWS = 5_000;

    /** Candidates are fitted on about so many rows. */
    private static final int CANDIDATE_ROWS = 250_000;

    private static final List<String> INPUTS = List.of(FeatureSchema.LOG_VOLATILITY);
    private static final IntPredicate ALL_MONTHS = month -> true;

    private final TrainingHistory history;
    private final int threads;
    private final Consumer<String> progress;

    /**
     * What came out.
     *
     * @param model trained on all rows
     * @param candidates all that were tried, fewest states first
     * @param rows trained on
     * @param sequences they form
     * @param iterations of the last fit
     * @param logLikelihoodPerBar in-sample, nats, before the last step of the fit
     * @param choice one line: what won and why
     */
    record Outcome(
            GaussianHmmModel model,
            List<RegimeCandidate> candidates,
            TrainingRows rows,
            int sequences,
            int iterations,
            double logLikelihoodPerBar,
            String choice) {}

    private RegimeTraining(TrainingHistory history, int threads, Consumer<String> progress) {
        this.history = history;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Trains.
     *
     * @throws TrainingException if there are too few rows
     * @throws TrainingRefusedException if no candidate qualifies
     */
    static Outcome train(TrainingHistory history, int threads, Consumer<String> progress) {
        return new RegimeTraining(history, threads, progress).train();
    }

    private Outcome train() {
        TrainingRows all = rows(history.fromMs(), history.cutMs(), ALL_MONTHS);
        if (all.rows() < FEWEST_ROWS) {
            throw new TrainingException(
                    "Too little history: usableRows=%d needed=%d to=%s. The first %d bars only warm up; give a longer period."
                            .formatted(
                                    all.rows(),
                                    FEWEST_ROWS,
                                    TrainingPeriod.minute(history.cutMs()),
                                    SymbolHistory.WARM_UP_BARS));
        }
        List<RegimeCandidate> candidates = candidates(all);
        List<RegimeCandidate> ranked = new ArrayList<>(candidates);
        ranked.removeIf(candidate -> !candidate.qualifies());
        ranked.sort(Comparator.comparingDouble(candidate -> -candidate.validationPerBar()));
        for (RegimeCandidate candidate : ranked) {
            progress.accept("fitting K=" + candidate.states() + " on all rows=" + all.rows());
            GaussianHmmModel model = fit(all, candidate.states());
            List<String> reasons = reasons(model.labelling());
            if (reasons.isEmpty()) {
                return outcome(model, candidates, candidate, all);
            }
            candidates.replaceAll(c -> c == candidate ? refusedAfterAll(c, reasons) : c);
        }
        throw new TrainingRefusedException(candidates);
    }

    private TrainingRows rows(long fromMs, long toMs, IntPredicate months) {
        return TrainingRows.select(history.symbols(), INPUTS, fromMs, toMs, months);
    }

    private List<RegimeCandidate> candidates(TrainingRows all) {
        long span = all.lastMs() - all.firstMs();
        long validationMs = all.firstMs() + span / 5 * 4;
        TrainingRows whole = rows(history.fromMs(), validationMs, ALL_MONTHS);
        TrainingRows validation = rows(validationMs, history.cutMs(), ALL_MONTHS);
        if (whole.rows() < MOST || validation.rows() == 0) {
            throw new TrainingException(
                    "Too little unbroken history: rowsToFit=%d rowsToCompare=%d. Give a longer period."
                            .formatted(whole.rows(), validation.rows()));
        }
        int every = Math.max(1, Math.round(whole.rows() / (float) CANDIDATE_ROWS));
        TrainingRows fitted =
                rows(history.fromMs(), validationMs, month -> month % every == every - 1);
        TrainingRows rows = fitted.rows() < MOST ? whole : fitted;
        List<RegimeCandidate> candidates = new ArrayList<>();
        for (int states = FEWEST; states <= MOST; states++) {
            progress.accept("trying K=" + states + " on rows=" + rows.rows());
            candidates.add(candidate(states, rows, validation));
        }
        return candidates;
    }

    private RegimeCandidate candidate(int states, TrainingRows rows, TrainingRows validation) {
        GaussianHmmModel model = fit(rows, states);
        double[] history = model.logLikelihoods();
        double logLikelihood = history[history.length - 1];
        double later =
                new ForwardBackward(model.parameters())
                        .logLikelihood(
                                Observations.of(
                                        validation.matrix(),
                                        validation.lengths(),
                                        model.scaling()));
        RegimeLabelling labelling = model.labelling();
        int[] calmFirst = calmFirst(labelling);
        return new RegimeCandidate(
                states,
                0,
                "quantiles",
                1,
                history.length,
                history.length < MOST_ITERATIONS,
                rows.rows(),
                logLikelihood / rows.rows(),
                validation.rows(),
                later / validation.rows(),
                Double.NaN,
                Double.NaN,
                model.parameters().aic(logLikelihood) / rows.rows(),
                model.parameters().bic(logLikelihood, rows.rows()) / rows.rows(),
                profile(model, calmFirst),
                labelling.rangeP90(),
                false,
                reasons(labelling));
    }

    private static List<CandidateState> profile(GaussianHmmModel model, int[] calmFirst) {
        List<CandidateState> profile = new ArrayList<>();
        double scale = model.scaling().scale()[0];
        for (int state : calmFirst) {
            profile.add(
                    new CandidateState(
                            model.labelling().mapping().regime(state),
                            model.parameters().mean(state, 0) * scale + model.scaling().mean()[0],
                            Math.sqrt(model.parameters().covariance(state)[0]) * scale,
                            model.labelling().meanRange().get(state),
                            model.labelling().occupancy().get(state),
                            model.parameters().selfTransition(state)));
        }
        return profile;
    }

    /** What speaks against a labelling: its own reasons, and a crisis that hardly ever comes. */
    private static List<String> reasons(RegimeLabelling labelling) {
        List<String> reasons = new ArrayList<>(labelling.reasons());
        double crisis = 0;
        for (int k = 0; k < labelling.occupancy().size(); k++) {
            boolean isCrisis = labelling.mapping().regime(k) == Regime.LIQUIDITY_CRISIS;
            crisis += isCrisis ? labelling.occupancy().get(k) : 0;
        }
        if (crisis > 0 && crisis < Requirement.LEAST_CRISIS) {
            reasons.add(
                    String.format(
                            Locale.ROOT,
                            "LIQUIDITY_CRISIS is too rare: occupancy=%.6f (at least %.2f).",
                            crisis,
                            Requirement.LEAST_CRISIS));
        }
        return reasons;
    }

    private GaussianHmmModel fit(TrainingRows rows, int states) {
        return GaussianHmmTrainer.withStates(states)
                .iterations(MOST_ITERATIONS, LEAST_GAIN * rows.rows())
                .threads(threads)
                .timeMs(rows.lastMs())
                .build()
                .train(rows.matrix(), rows.lengths());
    }

    private static Outcome outcome(
            GaussianHmmModel model,
            List<RegimeCandidate> candidates,
            RegimeCandidate winner,
            TrainingRows rows) {
        double[] history = model.logLikelihoods();
        return new Outcome(
                model,
                List.copyOf(candidates),
                rows,
                rows.lengths().length,
                history.length,
                history[history.length - 1] / rows.rows(),
                choice(candidates, winner));
    }

    private static String choice(List<RegimeCandidate> candidates, RegimeCandidate winner) {
        double best =
                candidates.stream().mapToDouble(RegimeCandidate::bicPerBar).min().orElseThrow();
        List<Integer> refused =
                candidates.stream()
                        .filter(c -> !c.qualifies())
                        .map(RegimeCandidate::states)
                        .toList();
        return String.format(
                Locale.ROOT,
                "K = %d: the best held-out likelihood of the candidates that qualify; its BIC is %s.%s",
                winner.states(),
                winner.bicPerBar() <= best ? "the best too" : "not the best",
                refused.isEmpty() ? "" : " Not qualified: K = " + refused + ".");
    }

    private static RegimeCandidate refusedAfterAll(RegimeCandidate c, List<String> reasons) {
        return c.refused(reasons.stream().map(reason -> "On all rows: " + reason).toList());
    }

    private static int[] calmFirst(RegimeLabelling labelling) {
        return IntStream.range(0, labelling.stress().size())
                .boxed()
                .sorted(Comparator.comparing(labelling.stress()::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
