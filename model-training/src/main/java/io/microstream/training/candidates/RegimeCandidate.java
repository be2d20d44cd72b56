package io.microstream.training.candidates;

import java.util.ArrayList;
import java.util.List;

/**
 * A regime model with a given number of latent states, fitted from one start.
 *
 * <p>All candidates are fitted on the same rows and compared on the same later rows, so their
 * likelihoods may be compared with one another. Likelihoods are in nats per bar.
 *
 * @param states K
 * @param start 0 for the deterministic start, 1, 2, … for the seeded ones
 * @param startName what the start was, in words
 * @param optimum where Baum-Welch ended: 1 for the best likelihood of all starts with this K, 2 for
 *     the next; starts with equal numbers ended at the same place, up to the order of states
 * @param iterations E-steps of Baum-Welch
 * @param converged whether it ended because the gain had become small
 * @param rows it was fitted on
 * @param logLikelihoodPerBar on the rows fitted on
 * @param validationRows later training rows that no candidate was fitted on
 * @param validationPerBar log likelihood of those: each row given the rows before it
 * @param behindPerBar by how much that is below the best of the candidates that qualify; below 0
 *     for one that is better and does not qualify; NaN if none qualifies
 * @param behindError standard error of that difference, from contiguous batches of the rows
 * @param aicPerBar Akaike's criterion on the rows fitted on, divided by their number; lower is
 *     better
 * @param bicPerBar Schwarz's criterion, the same way
 * @param profile the states, calm first
 * @param volatilityP90 90th percentile of log_volatility over the rows fitted on
 * @param chosen whether the written model was trained from it
 * @param reasons what speaks against it; empty if it qualifies
 */
public record RegimeCandidate(
        int states,
        int start,
        String startName,
        int optimum,
        int iterations,
        boolean converged,
        int rows,
        double logLikelihoodPerBar,
        int validationRows,
        double validationPerBar,
        double behindPerBar,
        double behindError,
        double aicPerBar,
        double bicPerBar,
        List<CandidateState> profile,
        double volatilityP90,
        boolean chosen,
        List<String> reasons) {

    public RegimeCandidate {
        profile = List.copyOf(profile);
        reasons = List.copyOf(reasons);
    }

    /** Returns whether the candidate is sound and may be chosen. */
    public boolean qualifies() {
        return reasons.isEmpty();
    }

    /**
     * Returns one candidate for each optimum: the chosen one where it is among them, otherwise the
     * first.
     */
    public static List<RegimeCandidate> firstOfEachOptimum(List<RegimeCandidate> candidates) {
        List<RegimeCandidate> firsts = new ArrayList<>();
        for (RegimeCandidate candidate : candidates) {
            int known = 0;
            while (known < firsts.size() && !candidate.isTwin(firsts.get(known))) {
                known++;
            }
            if (known == firsts.size()) {
                firsts.add(candidate);
            } else if (candidate.chosen()) {
                firsts.set(known, candidate);
            }
        }
        return firsts;
    }

    /** Returns whether both have the same number of states and ended at the same optimum. */
    public boolean isTwin(RegimeCandidate other) {
        return states == other.states && optimum == other.optimum;
    }

    /** Returns this candidate with the reasons against it. */
    RegimeCandidate refused(List<String> why) {
        return with(optimum, behindPerBar, behindError, false, why);
    }

    /** Returns this candidate with the number of its optimum. */
    RegimeCandidate withOptimum(int number) {
        return with(number, behindPerBar, behindError, chosen, reasons);
    }

    /** Returns this candidate with its distance to the best. */
    RegimeCandidate compared(double behind, double error, boolean isChosen) {
        return with(optimum, behind, error, isChosen, reasons);
    }

    private RegimeCandidate with(
            int number, double behind, double error, boolean isChosen, List<String> why) {
        return new RegimeCandidate(
                states,
                start,
                startName,
                number,
                iterations,
                converged,
                rows,
                logLikelihoodPerBar,
                validationRows,
                validationPerBar,
                behind,
                error,
                aicPerBar,
                bicPerBar,
                profile,
                volatilityP90,
                isChosen,
                why);
    }

    /** Returns the share of rows in the most stressed state. */
    public double topOccupancy() {
        return top().occupancy();
    }

    /** Returns the mean log_volatility of the rows in the most stressed state. */
    public double topVolatility() {
        return top().rowMean();
    }

    private CandidateState top() {
        return profile.get(profile.size() - 1);
    }

    /** Returns the letters of the states' regimes, calm first, as one word: {@code SSSVVC}. */
    public String regimes() {
        StringBuilder word = new StringBuilder();
        profile.forEach(state -> word.append(state.letter()));
        return word.toString();
    }
}
