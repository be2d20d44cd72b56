package io.microstream.training.candidates;

import io.microstream.market.FeatureSchema;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingException;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingPeriod;
import io.microstream.training.history.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Chooses and trains the regime model: a Gaussian hidden Markov model on log_volatility alone.
 *
 * <p>Volume is left out: with it, the widest state also attracts calm bars of unusual volume, and
 * forward volatility no longer separates the regimes (measured, docs/internals.md).
 *
 * <p>The recipe, in which the hold-out takes no part:
 *
 * <ol>
 *   <li>The training time is cut once more. Candidates of K = {@value #FEWEST} … {@value #MOST}
 *       states are fitted from {@link CandidateSearch} many starts on its first four fifths and
 *       compared on the last fifth, both on days: every n-th if there are many.
 *   <li>A candidate qualifies if it is {@linkplain Soundness sound}. {@link CandidateChoice} says
 *       which of those is taken.
 *   <li>It is fitted again on all training rows, from where it ended, so that few steps are left.
 *       Should it not be sound there, it is refused and the next one taken.
 * </ol>
 */
public final class RegimeTraining {

    public static final int FEWEST = 3;
    public static final int MOST = 6;

    /** Minimum number of training rows; with fewer, training is refused. */
    public static final int FEWEST_ROWS = 5_000;

    /**
     * Approximate number of rows that candidates are fitted on, and the maximum they are compared
     * on.
     */
    public static final int CANDIDATE_ROWS = 100_000;

    /**
     * Share of training bars that count as surprising: the same as the contamination of the anomaly
     * model.
     */
    public static final double SURPRISING = AnomalyTraining.CONTAMINATION;

    /** Convergence threshold of the last fit, in nats per bar. */
    public static final double LEAST_GAIN = 1e-8;

    private static final List<String> INPUTS = List.of(FeatureSchema.LOG_VOLATILITY);
    private static final IntPredicate ALL_DAYS = day -> true;

    private final TrainingHistory history;
    private final long seed;
    private final int threads;
    private final Consumer<String> progress;

    /**
     * The trained regime model with the candidates it was chosen from.
     *
     * @param model trained on all rows
     * @param candidates all that were tried, fewest states first, then by number of the start
     * @param rows trained on
     * @param sequences they form
     * @param iterations of the last fit
     * @param logLikelihoodPerBar in-sample, nats, before the last step of the fit
     * @param choice one line: what won and why
     */
    public record Outcome(
            GaussianHmmModel model,
            List<RegimeCandidate> candidates,
            TrainingRows rows,
            int sequences,
            int iterations,
            double logLikelihoodPerBar,
            String choice) {}

    private RegimeTraining(
            TrainingHistory history, long seed, int threads, Consumer<String> progress) {
        this.history = history;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Chooses the number of states and trains the regime model.
     *
     * @param seed of the starts
     * @throws TrainingException if there are too few rows
     * @throws TrainingRefusedException if no candidate qualifies
     */
    public static Outcome train(
            TrainingHistory history, long seed, int threads, Consumer<String> progress) {
        return new RegimeTraining(history, seed, threads, progress).train();
    }

    private Outcome train() {
        TrainingRows all = rows(history.fromMs(), history.cutMs(), ALL_DAYS);
        if (all.rows() < FEWEST_ROWS) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Too little history: usableRows=%d needed=%d to=%s. The first %d bars only warm up; give a longer period.",
                            all.rows(),
                            FEWEST_ROWS,
                            TrainingPeriod.minute(history.cutMs()),
                            SymbolHistory.WARM_UP_BARS));
        }
        List<FittedCandidate> candidates = candidates(all);
        CandidateChoice choice = new CandidateChoice(candidates);
        Optional<FittedCandidate> winner = choice.winner();
        while (winner.isPresent()) {
            FittedCandidate chosen = winner.get();
            GaussianHmmModel model = fit(all, chosen);
            List<String> reasons =
                    Soundness.reasons(model.labelling(), CandidateSearch.profile(model));
            if (reasons.isEmpty()) {
                return outcome(model, choice, chosen, all);
            }
            List<String> onAllRows = reasons.stream().map(r -> "On all rows: " + r).toList();
            candidates.replaceAll(
                    c ->
                            CandidateChoice.isTwin(c, chosen)
                                    ? c.with(c.figures().refused(onAllRows))
                                    : c);
            winner = choice.winner();
        }
        throw TrainingRefusedException.noneQualifies(choice.figures(null), history.symbols(), all);
    }

    private TrainingRows rows(long fromMs, long toMs, IntPredicate days) {
        return TrainingRows.select(history.symbols(), INPUTS, fromMs, toMs, days);
    }

    private List<FittedCandidate> candidates(TrainingRows all) {
        long span = all.lastMs() - all.firstMs();
        long validationMs = all.firstMs() + span / 5 * 4;
        TrainingRows fitted = someDays(history.fromMs(), validationMs);
        TrainingRows validation = someDays(validationMs, history.cutMs());
        if (fitted.rows() < MOST || validation.rows() == 0) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Too little unbroken history: rowsToFit=%d rowsToCompare=%d. Give a longer period.",
                            fitted.rows(),
                            validation.rows()));
        }
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "trying K=%d to %d from %d starts each on rows=%d, comparing on rows=%d",
                        FEWEST,
                        MOST,
                        CandidateSearch.SEEDED + 1,
                        fitted.rows(),
                        validation.rows()));
        return new ArrayList<>(
                CandidateSearch.run(fitted, validation, FEWEST, MOST, seed, threads));
    }

    /**
     * Returns about {@link #CANDIDATE_ROWS} rows of an interval, or all of them if there are fewer.
     */
    private TrainingRows someDays(long fromMs, long toMs) {
        TrainingRows whole = rows(fromMs, toMs, ALL_DAYS);
        int every = every(whole.rows());
        TrainingRows some = rows(fromMs, toMs, day -> day % every == every - 1);
        return some.rows() < FEWEST_ROWS / 2 ? whole : some;
    }

    /**
     * Returns the stride in days between the days taken: never a multiple of seven, which would
     * always be the same weekday.
     */
    static int every(int rows) {
        int every = Math.max(1, Math.round(rows / (float) CANDIDATE_ROWS));
        return every % 7 == 0 ? every + 1 : every;
    }

    private GaussianHmmModel fit(TrainingRows all, FittedCandidate candidate) {
        int states = candidate.figures().states();
        progress.accept("fitting K=" + states + " on all rows=" + all.rows());
        return GaussianHmmTrainer.withStates(states)
                .start(candidate.parameters())
                .accelerated()
                .iterations(CandidateSearch.MOST_ITERATIONS, LEAST_GAIN * all.rows())
                .threads(threads)
                .timeMs(all.lastMs())
                .build()
                .train(all.matrix(), all.lengths());
    }

    private static Outcome outcome(
            GaussianHmmModel model,
            CandidateChoice choice,
            FittedCandidate chosen,
            TrainingRows rows) {
        double[] history = model.logLikelihoods();
        return new Outcome(
                model.withSurpriseLimit(rows.matrix(), rows.lengths(), SURPRISING),
                choice.figures(chosen),
                rows,
                rows.lengths().length,
                history.length,
                history[history.length - 1] / rows.rows(),
                choice.explain(chosen));
    }
}
