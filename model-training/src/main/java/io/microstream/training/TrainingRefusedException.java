package io.microstream.training;

import java.util.List;

/**
 * Training was done and no candidate may be used. The message is one line; {@link #candidates} say
 * what was tried and what speaks against each.
 */
public final class TrainingRefusedException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final transient List<RegimeCandidate> candidates;

    TrainingRefusedException(List<RegimeCandidate> candidates) {
        super(
                "Training refused: no candidate has a sound labelling. candidates="
                        + candidates.stream()
                                .map(c -> "K" + c.states() + ": " + String.join(" ", c.reasons()))
                                .toList()
                        + " Train on a longer range or on more symbols.");
        this.candidates = List.copyOf(candidates);
    }

    /** All that were tried, fewest states first. */
    public List<RegimeCandidate> candidates() {
        return candidates;
    }
}
