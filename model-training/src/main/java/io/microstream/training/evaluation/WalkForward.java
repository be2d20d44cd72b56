package io.microstream.training.evaluation;

import io.microstream.models.ModelArtifact;
import io.microstream.models.features.OrderedTasks;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import io.microstream.training.candidates.AnomalyTraining;
import io.microstream.training.candidates.RegimeTraining;
import io.microstream.training.evaluation.statistics.WalkForwardFold;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingPeriod;
import io.microstream.training.history.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks whether the recipe would have worked in the past. The training time is cut into equal
 * parts; models with the chosen number of states are fitted on the first parts and evaluated on the
 * next, fold by fold, with an expanding window.
 *
 * <p>A fold must be cheap: it is fitted on every n-th day of its window, about {@value #FIT_ROWS}
 * rows, from the deterministic start, and ends when a step gains less than {@value #LEAST_GAIN}
 * nats per bar. Every minute of the following part is evaluated, as the job would score it. The
 * number of states is the one chosen with all of the training time in sight; everything else of a
 * fold knows its past only.
 */
final class WalkForward {

    static final int MOST_FOLDS = 5;
    static final int FIT_ROWS = 50_000;
    static final double LEAST_GAIN = 1e-4;
    static final int MOST_ITERATIONS = 60;

    /** Minimum length of a part in minutes: a week. */
    static final int SHORTEST_PART = 7 * 24 * 60;

    private static final long MINUTE_MS = 60_000;
    private static final int WEEK = 7;

    private final TrainingHistory history;
    private final List<String> regimeInputs;
    private final List<String> anomalyInputs;
    private final int states;
    private final long seed;

    private WalkForward(
            TrainingHistory history,
            List<String> regimeInputs,
            List<String> anomalyInputs,
            int states,
            long seed) {
        this.history = history;
        this.regimeInputs = regimeInputs;
        this.anomalyInputs = anomalyInputs;
        this.states = states;
        this.seed = seed;
    }

    /**
     * The folds in order of time, and a note on how they were made.
     *
     * @param folds none if the training time is too short
     * @param note one or two sentences
     */
    record Outcome(List<WalkForwardFold> folds, String note) {}

    /**
     * Fits and evaluates all folds, several in parallel; the result is equal at any number of
     * threads.
     */
    static Outcome of(
            TrainingHistory history,
            GaussianHmmModel regime,
            IsolationForestModel anomaly,
            long seed,
            int threads) {
        long minutes = (history.cutMs() - history.fromMs()) / MINUTE_MS;
        int folds = (int) Math.min(MOST_FOLDS, minutes / SHORTEST_PART - 1);
        if (folds < 1) {
            return new Outcome(
                    List.of(),
                    String.format(
                            Locale.ROOT,
                            "No folds: the training period of %.1f days is shorter than two parts of %d days.",
                            minutes / 1440.0,
                            SHORTEST_PART / 1440));
        }
        int states = regime.parameters().states();
        WalkForward walk =
                new WalkForward(history, regime.inputs(), anomaly.inputs(), states, seed);
        List<WalkForwardFold> done =
                OrderedTasks.run(threads, folds, fold -> walk.fold(fold, folds + 1)).stream()
                        .flatMap(List::stream)
                        .toList();
        return new Outcome(done, note(states, folds, done.size()));
    }

    private static String note(int states, int folds, int done) {
        String few =
                folds == MOST_FOLDS
                        ? ""
                        : words(
                                " Fewer than %d, since a part must hold %d days.",
                                MOST_FOLDS, SHORTEST_PART / 1440);
        String lost = done == folds ? "" : words(" %d of them have too few rows.", folds - done);
        return words(
                "The training period is cut into %d equal parts: %s, each fitted on all parts before the one it is evaluated on. K = %d as chosen; fits start from the quantiles and use about %,d rows (every n-th day).%s%s",
                folds + 1, folds == 1 ? "one fold" : folds + " folds", states, FIT_ROWS, few, lost);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private long bound(int part, int parts) {
        long span = history.cutMs() - history.fromMs();
        long bound = history.fromMs() + span * part / parts;
        return bound - bound % MINUTE_MS;
    }

    /** Returns one fold, or none if it has too few rows. */
    private List<WalkForwardFold> fold(int index, int parts) {
        long fitTo = bound(index + 1, parts);
        long judgeTo = bound(index + 2, parts);
        TrainingRows rows = rows(regimeInputs, fitTo);
        TrainingRows anomalyRows = rows(anomalyInputs, fitTo);
        if (rows.rows() < RegimeTraining.FEWEST_ROWS / 2 || anomalyRows.rows() == 0) {
            return List.of();
        }
        GaussianHmmModel model =
                GaussianHmmTrainer.withStates(states)
                        .accelerated()
                        .iterations(MOST_ITERATIONS, LEAST_GAIN * rows.rows())
                        .timeMs(rows.lastMs())
                        .build()
                        .train(rows.matrix(), rows.lengths());
        IsolationForestModel forest =
                new IsolationForestTrainer(
                                AnomalyTraining.TREES,
                                AnomalyTraining.SAMPLE,
                                AnomalyTraining.CONTAMINATION,
                                seed,
                                1,
                                anomalyRows.lastMs())
                        .train(anomalyRows.matrix());
        List<ScoredRows> played = new ArrayList<>();
        for (SymbolHistory symbol : history.symbols()) {
            played.add(
                    ScoredRows.of(
                            symbol,
                            symbol.firstRowFrom(fitTo),
                            symbol.firstRowFrom(judgeTo),
                            ModelArtifact.of(model, "fold", "*", 1, 0, 0, 1, "{}"),
                            ModelArtifact.of(forest, "fold", "*", 1, 0, 0, 1, "{}")));
        }
        JudgedRows judged = JudgedRows.of(played);
        if (judged.figures().rows() == 0) {
            return List.of();
        }
        return List.of(
                new WalkForwardFold(
                        TrainingPeriod.minute(history.fromMs()),
                        TrainingPeriod.minute(fitTo),
                        TrainingPeriod.minute(judgeTo),
                        rows.rows(),
                        judged.figures().rows(),
                        model.logLikelihoods().length,
                        new StateOrder(model).letters(),
                        judged.figures().forwardVolatilityBp(),
                        judged.figures().stableToVolatile(),
                        judged.figures().volatileToCrisis(),
                        judged.figures().crisisOccupancy(),
                        judged.logLikelihoodPerBar(),
                        judged.flagRate(),
                        model.labelling().reasons()));
    }

    /**
     * Returns about {@value #FIT_ROWS} rows: every n-th day, but never the same day of each week.
     */
    private TrainingRows rows(List<String> inputs, long toMs) {
        long all = (toMs - history.fromMs()) / MINUTE_MS * history.symbols().size();
        int every = (int) Math.max(1, Math.round(all / (double) FIT_ROWS));
        int step = every % WEEK == 0 ? every + 1 : every;
        return TrainingRows.select(
                history.symbols(), inputs, history.fromMs(), toMs, day -> day % step == step - 1);
    }
}
