package io.microstream.training.candidates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds the starts with the same number of states that ended at the same optimum, whatever the
 * order of their states: likelihoods differ by at most {@value #LIKELIHOOD} nats per bar, means,
 * deviations and self-transitions of states (calm first) by at most {@value #PARAMETER}.
 */
final class Optima {

    static final double LIKELIHOOD = 1e-4;
    static final double PARAMETER = 0.02;

    private Optima() {}

    /**
     * Returns the candidates in the same order, each with the number of its optimum; optimum 1 has
     * the best likelihood.
     */
    static List<FittedCandidate> numbered(List<FittedCandidate> candidates) {
        TreeMap<Integer, List<RegimeCandidate>> firsts = new TreeMap<>();
        List<FittedCandidate> bestFirst = new ArrayList<>(candidates);
        bestFirst.sort(Comparator.comparingDouble(c -> -c.figures().logLikelihoodPerBar()));
        for (FittedCandidate candidate : bestFirst) {
            List<RegimeCandidate> known =
                    firsts.computeIfAbsent(candidate.figures().states(), k -> new ArrayList<>());
            if (number(candidate.figures(), known) > known.size()) {
                known.add(candidate.figures());
            }
        }
        return candidates.stream()
                .map(
                        c ->
                                c.with(
                                        c.figures()
                                                .withOptimum(
                                                        number(
                                                                c.figures(),
                                                                firsts.get(c.figures().states())))))
                .toList();
    }

    private static int number(RegimeCandidate candidate, List<RegimeCandidate> known) {
        int number = 1;
        while (number <= known.size() && !isSame(candidate, known.get(number - 1))) {
            number++;
        }
        return number;
    }

    static boolean isSame(RegimeCandidate a, RegimeCandidate b) {
        double difference = Math.abs(a.logLikelihoodPerBar() - b.logLikelihoodPerBar());
        boolean same = a.states() == b.states() && difference <= LIKELIHOOD;
        for (int i = 0; same && i < a.states(); i++) {
            CandidateState x = a.profile().get(i);
            CandidateState y = b.profile().get(i);
            same =
                    isNear(x.mean(), y.mean())
                            && isNear(x.deviation(), y.deviation())
                            && isNear(x.selfTransition(), y.selfTransition());
        }
        return same;
    }

    private static boolean isNear(double a, double b) {
        return Math.abs(a - b) <= PARAMETER;
    }
}
