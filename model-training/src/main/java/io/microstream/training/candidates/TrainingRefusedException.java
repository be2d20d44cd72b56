package io.microstream.training.candidates;

import io.microstream.training.history.TrainingException;
import java.util.List;

/**
 * Training was done and what came out may not be used. The message is one line; {@link #candidates}
 * say what was tried and what speaks against each.
 */
public final class TrainingRefusedException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final transient List<RegimeCandidate> candidates;

    private TrainingRefusedException(String message, List<RegimeCandidate> candidates) {
        super(message);
        this.candidates = List.copyOf(candidates);
    }

    /** No candidate is sound; the first start of each optimum tells why. */
    static TrainingRefusedException noneQualifies(List<RegimeCandidate> candidates) {
        List<String> reasons =
                RegimeCandidate.firstOfEachOptimum(candidates).stream()
                        .map(c -> "K" + c.states() + ": " + String.join(" ", c.reasons()))
                        .toList();
        return new TrainingRefusedException(
                "Training refused: no candidate has a sound labelling. candidates="
                        + reasons
                        + " Train on a longer range or on more symbols.",
                candidates);
    }

    /** The best model and the one in service do not mean the same by their regimes. */
    public static TrainingRefusedException notTheChampions(
            ChampionComparison champion, List<RegimeCandidate> candidates) {
        return new TrainingRefusedException(
                "Training refused: the new model does not follow the champion. champion="
                        + champion.championId()
                        + " version="
                        + champion.championVersion()
                        + " reasons="
                        + champion.reasons()
                        + " Look at the report; train without --champion to begin anew.",
                candidates);
    }

    /** All that were tried, fewest states first, then by number of the start. */
    public List<RegimeCandidate> candidates() {
        return candidates;
    }
}
