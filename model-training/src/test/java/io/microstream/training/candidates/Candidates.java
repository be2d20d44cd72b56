package io.microstream.training.candidates;

import java.util.List;

/** Builds candidates for tests by changing figures of others. */
final class Candidates {

    private Candidates() {}

    static RegimeCandidate withProfile(RegimeCandidate c, List<CandidateState> profile) {
        return new RegimeCandidate(
                c.states(),
                c.start(),
                c.startName(),
                c.optimum(),
                c.iterations(),
                c.converged(),
                c.rows(),
                c.logLikelihoodPerBar(),
                c.validationRows(),
                c.validationPerBar(),
                c.behindPerBar(),
                c.behindError(),
                c.aicPerBar(),
                c.bicPerBar(),
                profile,
                c.volatilityP90(),
                c.chosen(),
                c.reasons());
    }
}
