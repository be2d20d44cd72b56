package io.microstream.models.hmm.labelling;

import io.microstream.market.Regime;
import java.util.Arrays;
import java.util.List;

/**
 * Maps each latent state to its regime: decided at training, carried by the model, never computed
 * in the job.
 *
 * @param regimes one for each state
 */
public record RegimeMapping(List<Regime> regimes) {

    private static final Regime[] ALL = Regime.values();

    public RegimeMapping {
        regimes = List.copyOf(regimes);
        if (regimes.isEmpty()) {
            throw new IllegalArgumentException("Regime mapping without states");
        }
    }

    /** Returns the regime that a state belongs to. */
    public Regime regime(int state) {
        return regimes.get(state);
    }

    /**
     * Sums state probabilities by regime.
     *
     * @param byRegime receives one probability for each regime, by ordinal
     */
    public void sum(double[] byState, double[] byRegime) {
        Arrays.fill(byRegime, 0);
        for (int k = 0; k < regimes.size(); k++) {
            byRegime[regimes.get(k).ordinal()] += byState[k];
        }
    }

    /** Returns the most probable regime; ties go to the calmer one. */
    public static Regime mostProbable(double[] byRegime) {
        int best = 0;
        for (int i = 1; i < ALL.length; i++) {
            best = byRegime[i] > byRegime[best] ? i : best;
        }
        return ALL[best];
    }
}
