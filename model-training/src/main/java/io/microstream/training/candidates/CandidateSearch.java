package io.microstream.training.candidates;

import io.microstream.models.features.OrderedTasks;
import io.microstream.models.features.Standardisation;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.hmm.fitting.StartingPoint;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.Rescaling;
import io.microstream.training.history.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a model for each number of states K from each start, all on the same rows, and evaluates
 * each on later rows.
 *
 * <p>Start 0 is {@link StartingPoint#quantiles}; of the {@value #SEEDED} others the odd ones are
 * {@link StartingPoint#perturbed} and the even ones {@link StartingPoint#scattered}, with the seed
 * and their number. All are fitted to the end. Fits are independent of one another: they run side
 * by side, one thread each, and their number of threads changes nothing.
 */
public final class CandidateSearch {

    /** Number of random starts in addition to the deterministic one. */
    public static final int SEEDED = 10;

    /**
     * Convergence threshold in nats per bar: fitting stops after a plain Baum-Welch step that gains
     * less.
     */
    public static final double LEAST_GAIN = 1e-7;

    public static final int MOST_ITERATIONS = 300;

    private final TrainingRows rows;
    private final Observations observations;
    private final Standardisation scaling;
    private final HeldOutLikelihood heldOut;
    private final long seed;

    private CandidateSearch(TrainingRows rows, TrainingRows validation, long seed) {
        this.rows = rows;
        this.seed = seed;
        scaling = Standardisation.of(rows.matrix());
        observations = Observations.of(rows.matrix(), rows.lengths(), scaling);
        heldOut = new HeldOutLikelihood(validation, scaling);
    }

    /**
     * Fits one candidate for each K and start.
     *
     * @param rows with the volatility as only input
     * @param fewest K to begin with
     * @param most K to end with
     * @return the candidates by number of states, then by start, with their optima numbered
     */
    static List<FittedCandidate> run(
            TrainingRows rows,
            TrainingRows validation,
            int fewest,
            int most,
            long seed,
            int threads) {
        CandidateSearch search = new CandidateSearch(rows, validation, seed);
        int starts = SEEDED + 1;
        List<FittedCandidate> largestFirst =
                new ArrayList<>(
                        OrderedTasks.run(
                                threads,
                                (most - fewest + 1) * starts,
                                i -> search.fit(most - i / starts, starts - 1 - i % starts)));
        Collections.reverse(largestFirst);
        return Optima.numbered(largestFirst);
    }

    private FittedCandidate fit(int states, int start) {
        GaussianHmmModel model =
                GaussianHmmTrainer.withStates(states)
                        .start(Rescaling.raw(start(states, start), scaling))
                        .accelerated()
                        .iterations(MOST_ITERATIONS, LEAST_GAIN * rows.rows())
                        .timeMs(rows.lastMs())
                        .build()
                        .train(rows.matrix(), rows.lengths());
        HmmParameters raw =
                Rescaling.ordered(
                        Rescaling.raw(model.parameters(), model.scaling()), calmFirst(model));
        double[] batches = heldOut.batches(model.parameters());
        return new FittedCandidate(figures(model, start, batches), raw, batches);
    }

    private HmmParameters start(int states, int start) {
        if (start == 0) {
            return StartingPoint.quantiles(observations, states, 0);
        }
        long own = seed * SEEDED + start;
        return start % 2 == 1
                ? StartingPoint.perturbed(observations, states, 0, own)
                : StartingPoint.scattered(observations, states, own);
    }

    private static String name(int start) {
        return start == 0 ? "quantiles" : start % 2 == 1 ? "perturbed quantiles" : "scattered";
    }

    private RegimeCandidate figures(GaussianHmmModel model, int start, double[] batches) {
        double[] history = model.logLikelihoods();
        double logLikelihood = history[history.length - 1];
        List<CandidateState> profile = profile(model);
        double validation = Arrays.stream(batches).average().orElseThrow();
        List<String> reasons = new ArrayList<>(Soundness.reasons(model.labelling(), profile));
        if (!Double.isFinite(validation)) {
            reasons.add("A held-out row is impossible: log likelihood=" + validation + ".");
        }
        return new RegimeCandidate(
                profile.size(),
                start,
                name(start),
                0,
                history.length,
                history.length < MOST_ITERATIONS,
                rows.rows(),
                logLikelihood / rows.rows(),
                heldOut.rows(),
                validation,
                Double.NaN,
                Double.NaN,
                model.parameters().aic(logLikelihood) / rows.rows(),
                model.parameters().bic(logLikelihood, rows.rows()) / rows.rows(),
                profile,
                model.labelling().rangeP90(),
                false,
                reasons);
    }

    /** Returns the states of a model with one input, in raw units, calm first. */
    static List<CandidateState> profile(GaussianHmmModel model) {
        HmmParameters raw = Rescaling.raw(model.parameters(), model.scaling());
        List<CandidateState> profile = new ArrayList<>();
        for (int state : calmFirst(model)) {
            profile.add(
                    new CandidateState(
                            model.labelling().mapping().regime(state),
                            raw.mean(state, 0),
                            Math.sqrt(raw.covariance(state)[0]),
                            model.labelling().meanRange().get(state),
                            model.labelling().occupancy().get(state),
                            raw.selfTransition(state)));
        }
        return profile;
    }

    private static int[] calmFirst(GaussianHmmModel model) {
        List<Double> stress = model.labelling().stress();
        return IntStream.range(0, stress.size())
                .boxed()
                .sorted(Comparator.comparing(stress::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
