package io.microstream.training.candidates;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Compares a newly trained regime model with the one in service.
 *
 * <p>Compared are the emissions, in the units of the features: state with state if both have the
 * same number of them, otherwise regime with regime, each as one normal distribution. Everything is
 * listed calm first.
 *
 * @param championId model id of the one in service
 * @param championVersion its version
 * @param championSha256 of its file
 * @param championStates its number of states
 * @param states of the new model
 * @param what is compared: {@code states} or {@code regimes}
 * @param matchedTo for each of the new model's, its place (calm first, from 0) in the champion
 * @param distances Bhattacharyya distance to what it is matched to; 0 for equal emissions
 * @param reasons why the new model must not take the champion's place; empty if it may
 */
public record ChampionComparison(
        String championId,
        long championVersion,
        String championSha256,
        int championStates,
        int states,
        String what,
        List<Integer> matchedTo,
        List<Double> distances,
        List<String> reasons) {

    public ChampionComparison {
        matchedTo = List.copyOf(matchedTo);
        distances = List.copyOf(distances);
        reasons = List.copyOf(reasons);
    }

    /**
     * Returns whether the matching agrees with the order of stress, so that regimes keep their
     * meaning.
     */
    public boolean agrees() {
        return reasons.isEmpty();
    }

    /**
     * Returns one line with the matching, the distances, and whether the order of stress agrees.
     */
    public String words() {
        String apart =
                distances.stream()
                        .map(distance -> String.format(Locale.ROOT, "%.4f", distance))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Champion %s, version %d, K = %d: the new model's %s, calm first, match the champion's %s, with Bhattacharyya distances %s; %s.",
                championId,
                championVersion,
                championStates,
                what,
                matchedTo,
                apart,
                agrees() ? "the order of stress agrees" : "refused: " + String.join(" ", reasons));
    }
}
