package io.microstream.training.candidates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Chooses the candidate to train on and says why.
 *
 * <p>The best held-out likelihood among the qualifying candidates sets the mark. A candidate that
 * is not clearly behind it (by more than two standard errors of the difference, over the same
 * batches of rows) counts as equally good. Of these the one with the fewest states is chosen, ties
 * broken by held-out likelihood. Where several starts reach the same optimum, the first stands for
 * all. BIC and AIC are reported but decide nothing: they are measured on the rows that were fitted
 * on.
 */
final class CandidateChoice {

    private static final Comparator<FittedCandidate> BEST_FIRST =
            Comparator.<FittedCandidate>comparingDouble(c -> -c.figures().validationPerBar())
                    .thenComparingInt(c -> c.figures().states())
                    .thenComparingInt(c -> c.figures().start());

    private final List<FittedCandidate> all;

    CandidateChoice(List<FittedCandidate> all) {
        this.all = all;
    }

    /** Returns the chosen candidate; empty if none qualifies. */
    Optional<FittedCandidate> winner() {
        return best().flatMap(
                        best ->
                                contenders().stream()
                                        .filter(c -> !c.behind(best).isClear())
                                        .min(
                                                Comparator.<FittedCandidate>comparingInt(
                                                                c -> c.figures().states())
                                                        .thenComparing(BEST_FIRST)));
    }

    /** Returns the qualifying candidate with the best held-out likelihood. */
    private Optional<FittedCandidate> best() {
        return contenders().stream().min(BEST_FIRST);
    }

    /** Returns the first qualifying candidate of each optimum. */
    private List<FittedCandidate> contenders() {
        List<FittedCandidate> contenders = new ArrayList<>();
        for (FittedCandidate candidate : all) {
            boolean isNew = contenders.stream().noneMatch(c -> isTwin(c, candidate));
            if (candidate.figures().qualifies() && isNew) {
                contenders.add(candidate);
            }
        }
        return contenders;
    }

    static boolean isTwin(FittedCandidate a, FittedCandidate b) {
        return a.figures().isTwin(b.figures());
    }

    /**
     * Returns the figures of all candidates, with their distance to the best that qualifies and the
     * chosen one marked.
     */
    List<RegimeCandidate> figures(FittedCandidate chosen) {
        Optional<FittedCandidate> best = best();
        List<RegimeCandidate> figures = new ArrayList<>();
        for (FittedCandidate candidate : all) {
            FittedCandidate.Lag lag =
                    best.map(candidate::behind)
                            .orElse(new FittedCandidate.Lag(Double.NaN, Double.NaN));
            figures.add(
                    candidate.figures().compared(lag.perBar(), lag.error(), candidate == chosen));
        }
        return figures;
    }

    /** Returns one line that says which candidate was chosen and why. */
    String explain(FittedCandidate chosen) {
        RegimeCandidate own = chosen.figures();
        StringBuilder words = new StringBuilder();
        FittedCandidate best = best().orElse(chosen);
        if (best == chosen) {
            append(
                    words,
                    "K = %d has the best held-out likelihood of the qualifying candidates",
                    own.states());
        } else {
            FittedCandidate.Lag lag = chosen.behind(best);
            append(
                    words,
                    "K = %d has the fewest states of the qualifying candidates that are not clearly"
                            + " behind the best (K = %d leads by %.6f nats per bar, standard error"
                            + " %.6f)",
                    own.states(),
                    best.figures().states(),
                    lag.perBar(),
                    lag.error());
        }
        append(
                words,
                "; its BIC is %s and its AIC is %s.",
                isLowest(own, RegimeCandidate::bicPerBar),
                isLowest(own, RegimeCandidate::aicPerBar));
        List<Integer> refused = refusedStates();
        append(words, refused.isEmpty() ? "" : " Did not qualify: K = %s.", refused);
        return words.append(' ').append(agreement(own.states())).toString();
    }

    private static void append(StringBuilder words, String format, Object... values) {
        words.append(String.format(Locale.ROOT, format, values));
    }

    /** Compares a criterion with that of all candidates that ended at another optimum. */
    private String isLowest(RegimeCandidate own, ToDoubleFunction<RegimeCandidate> criterion) {
        boolean lowest =
                all.stream()
                        .map(FittedCandidate::figures)
                        .filter(c -> !c.isTwin(own))
                        .allMatch(c -> criterion.applyAsDouble(own) < criterion.applyAsDouble(c));
        return lowest ? "also the lowest" : "not the lowest";
    }

    private List<Integer> refusedStates() {
        List<Integer> qualified =
                contenders().stream().map(c -> c.figures().states()).distinct().toList();
        return all.stream()
                .map(c -> c.figures().states())
                .distinct()
                .filter(states -> !qualified.contains(states))
                .toList();
    }

    /** Returns how many starts agree: {@code 11 of 11 starts with K = 6 reach the same optimum.} */
    private String agreement(int states) {
        List<RegimeCandidate> own =
                all.stream()
                        .map(FittedCandidate::figures)
                        .filter(c -> c.states() == states)
                        .toList();
        long best = own.stream().filter(c -> c.optimum() == 1).count();
        return String.format(
                Locale.ROOT,
                best == own.size()
                        ? "%d of %d starts with K = %d reach the same optimum."
                        : "%d of %d starts with K = %d reach the optimum with the best likelihood.",
                best,
                own.size(),
                states);
    }
}
