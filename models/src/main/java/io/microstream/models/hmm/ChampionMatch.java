package io.microstream.models.hmm;

import io.microstream.market.Regime;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.NormalDistribution;
import io.microstream.models.hmm.inference.Rescaling;
import io.microstream.models.hmm.labelling.Assignment;
import io.microstream.models.hmm.labelling.RegimeMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Matches the states of a successor to those of the model in service by their emissions: one to
 * one, with the least sum of Bhattacharyya distances, in the units of the features.
 *
 * <p>States have no names, only an order of stress. Where the match and that order disagree (what
 * looks like the champion's calmest state is not the calmest any more) a regime would silently
 * change its meaning, so the successor must be refused. Models with different numbers of states
 * cannot be matched state by state; their regimes are compared instead, each as the normal
 * distribution with the mean and covariance of its states, weighted by occupancy.
 *
 * @param comparesStates true if states are matched, false if regimes are
 * @param matchedTo for each of the successor's, calm first: its place, calm first, in the champion
 * @param distances to what it is matched to; 0 for equal emissions
 * @param reasons against succession, one line each; empty if there are none. Without a match there
 *     is a reason and the lists are empty
 */
public record ChampionMatch(
        boolean comparesStates,
        List<Integer> matchedTo,
        List<Double> distances,
        List<String> reasons) {

    public ChampionMatch {
        matchedTo = List.copyOf(matchedTo);
        distances = List.copyOf(distances);
        reasons = List.copyOf(reasons);
    }

    /** Matches a successor to the champion. */
    public static ChampionMatch of(GaussianHmmModel champion, GaussianHmmModel successor) {
        if (!champion.inputs().equals(successor.inputs())) {
            return impossible(
                    "inputs differ: champion=" + champion.inputs() + " new=" + successor.inputs());
        }
        boolean states = champion.parameters().states() == successor.parameters().states();
        if (states) {
            return match(null, states(champion), states(successor));
        }
        List<Regime> regimes = present(champion);
        if (!regimes.equals(present(successor))) {
            return impossible("regimes differ: champion=" + regimes + " new=" + present(successor));
        }
        return match(regimes, regimes(champion, regimes), regimes(successor, regimes));
    }

    private static ChampionMatch impossible(String why) {
        return new ChampionMatch(
                false, List.of(), List.of(), List.of("Champion cannot be compared: " + why + "."));
    }

    /** Matches states to states, or regimes to regimes. */
    private static ChampionMatch match(
            List<Regime> regimes, List<NormalDistribution> old, List<NormalDistribution> own) {
        double[][] cost = new double[own.size()][old.size()];
        for (int i = 0; i < cost.length; i++) {
            for (int j = 0; j < cost.length; j++) {
                cost[i][j] = own.get(i).distanceTo(old.get(j));
            }
        }
        int[] match = Assignment.cheapest(cost);
        List<Integer> matched = new ArrayList<>();
        List<Double> distances = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < match.length; i++) {
            matched.add(match[i]);
            distances.add(cost[i][match[i]]);
            if (match[i] != i) {
                reasons.add(disagreement(regimes, i, match[i], cost[i]));
            }
        }
        return new ChampionMatch(regimes == null, matched, distances, reasons);
    }

    private static String disagreement(List<Regime> regimes, int own, int old, double[] distances) {
        return String.format(
                Locale.ROOT,
                "Order of stress and match with the champion disagree: the new model's %s %s is the"
                        + " champion's %s (distance=%.4f, to the champion's %s %.4f).",
                regimes == null ? "state" : "regime",
                name(regimes, own),
                name(regimes, old),
                distances[old],
                name(regimes, own),
                distances[own]);
    }

    private static String name(List<Regime> regimes, int place) {
        return regimes == null ? Integer.toString(place) : regimes.get(place).name();
    }

    /** Returns the emissions of all states in raw units, calm first. */
    private static List<NormalDistribution> states(GaussianHmmModel model) {
        HmmParameters raw = Rescaling.raw(model.parameters(), model.scaling());
        return IntStream.range(0, raw.states())
                .boxed()
                .sorted(Comparator.comparing(model.labelling().stress()::get))
                .map(state -> NormalDistribution.of(raw, state))
                .toList();
    }

    private static List<Regime> present(GaussianHmmModel model) {
        RegimeMapping mapping = model.labelling().mapping();
        return IntStream.range(0, model.parameters().states())
                .mapToObj(mapping::regime)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<NormalDistribution> regimes(GaussianHmmModel model, List<Regime> present) {
        HmmParameters raw = Rescaling.raw(model.parameters(), model.scaling());
        List<NormalDistribution> regimes = new ArrayList<>();
        for (Regime regime : present) {
            int[] own =
                    IntStream.range(0, raw.states())
                            .filter(k -> model.labelling().mapping().regime(k) == regime)
                            .toArray();
            regimes.add(union(raw, own, model.labelling().occupancy()));
        }
        return regimes;
    }

    private static NormalDistribution union(
            HmmParameters raw, int[] states, List<Double> occupancy) {
        NormalDistribution[] parts = new NormalDistribution[states.length];
        double[] weights = new double[states.length];
        double total = IntStream.of(states).mapToDouble(occupancy::get).sum();
        for (int i = 0; i < states.length; i++) {
            parts[i] = NormalDistribution.of(raw, states[i]);
            weights[i] = total > 0 ? occupancy.get(states[i]) / total : 1.0 / states.length;
        }
        return NormalDistribution.ofMixture(parts, weights);
    }

    /** Returns whether there is no reason against succession. */
    public boolean agrees() {
        return reasons.isEmpty();
    }
}
