package io.microstream.training.candidates;

import io.microstream.training.history.TrainingException;
import java.util.List;

/**
 * Thrown when training ran but its result must not be used. The message is one line; {@link
 * #candidates} holds what was tried and the reasons against each.
 */
public final class TrainingRefusedException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final transient List<RegimeCandidate> candidates;

    private TrainingRefusedException(String message, List<RegimeCandidate> candidates) {
        super(message);
        this.candidates = List.copyOf(candidates);
    }

    /**
     * Refuses because no candidate is sound; the message gives the reasons for the first start of
     * each optimum.
     */
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

    /** Refuses because the regimes of the new model do not mean the same as the champion's. */
    public static TrainingRefusedException notTheChampions(
            ChampionComparison champion, List<RegimeCandidate> candidates) {
        return new TrainingRefusedException(
                "Training refused: the new model does not preserve the champion's regimes. champion="
                        + champion.championId()
                        + " version="
                        + champion.championVersion()
                        + " reasons="
                        + champion.reasons()
                        + " See the report; train without --champion to start anew.",
                candidates);
    }

    /** Returns all candidates that were tried, by number of states, then by start. */
    public List<RegimeCandidate> candidates() {
        return candidates;
    }
}
