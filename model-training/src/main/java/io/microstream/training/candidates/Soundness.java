package io.microstream.training.candidates;

import io.microstream.market.Regime;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks what likelihood does not ensure: a regime model's states are distinct levels of
 * volatility, they persist, they occur, and some of them form a crisis. Measured on the rows the
 * model was fitted on.
 */
public final class Soundness {

    /** Minimum self-transition probability of a state: a mean stay of ten minutes. */
    static final double LEAST_STAY = 0.9;

    /** Minimum share of rows in a state. */
    static final double LEAST_OCCUPANCY = 0.01;

    /** Minimum share of rows in {@link Regime#LIQUIDITY_CRISIS}, if a model has that regime. */
    public static final double LEAST_CRISIS = 0.02;

    /** Minimum distance between the means of adjacent states, in standard deviations. */
    static final double LEAST_DISTANCE = 1;

    private final List<CandidateState> states;
    private final List<String> reasons;

    private Soundness(RegimeLabelling labelling, List<CandidateState> states) {
        this.states = states;
        reasons = new ArrayList<>(labelling.reasons());
    }

    /**
     * Returns the reasons against a model, one line each; empty if it is sound.
     *
     * @param states calm first
     */
    static List<String> reasons(RegimeLabelling labelling, List<CandidateState> states) {
        return new Soundness(labelling, states).reasons();
    }

    private List<String> reasons() {
        crisis();
        for (int i = 0; i < states.size(); i++) {
            state(i, states.get(i));
        }
        for (int i = 1; i < states.size(); i++) {
            levels(i, states.get(i - 1), states.get(i));
        }
        return reasons;
    }

    private void crisis() {
        double crisis = 0;
        for (CandidateState state : states) {
            crisis += state.regime() == Regime.LIQUIDITY_CRISIS ? state.occupancy() : 0;
        }
        if (crisis > 0 && crisis < LEAST_CRISIS) {
            refuse(
                    "LIQUIDITY_CRISIS is too rare: occupancy=%.6f (at least %.2f).",
                    crisis, LEAST_CRISIS);
        }
    }

    private void state(int place, CandidateState state) {
        if (!(state.occupancy() >= LEAST_OCCUPANCY)) {
            refuse(
                    "A state hardly occurs: state=%d occupancy=%.6f (at least %.2f).",
                    place, state.occupancy(), LEAST_OCCUPANCY);
        }
        if (!(state.selfTransition() >= LEAST_STAY)) {
            refuse(
                    "A state does not last: state=%d selfTransition=%.4f (at least %.2f).",
                    place, state.selfTransition(), LEAST_STAY);
        }
    }

    private void levels(int place, CandidateState calm, CandidateState wild) {
        double variance =
                (calm.deviation() * calm.deviation() + wild.deviation() * wild.deviation()) / 2;
        double distance = (wild.mean() - calm.mean()) / Math.sqrt(variance);
        if (!(distance >= LEAST_DISTANCE)) {
            refuse(
                    "States are not distinct levels of volatility: states=%d,%d means=%.4f,%.4f apart by %.2f"
                            + " deviations (at least %.0f).",
                    place - 1, place, calm.mean(), wild.mean(), distance, LEAST_DISTANCE);
        }
    }

    private void refuse(String format, Object... values) {
        reasons.add(String.format(Locale.ROOT, format, values));
    }
}
