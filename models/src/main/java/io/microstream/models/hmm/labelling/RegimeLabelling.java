package io.microstream.models.hmm.labelling;

import io.microstream.market.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The labelling of a trained model's states as regimes, with the reasons against it.
 *
 * <p>Volatility is a continuum, which maximum likelihood cuts into states of similar size, so a
 * regime is a union of states, in order of their stress:
 *
 * <ul>
 *   <li>LIQUIDITY_CRISIS: the largest union of the most stressed states that holds at most {@value
 *       #MOST_CRISIS} of the training rows and whose mean range is at least the training rows' 90th
 *       percentile;
 *   <li>STABLE_LIQUIDITY: of the others, the least stressed ones whose joint share of all rows
 *       comes nearest to {@value #STABLE}, but never the last of them unless it is the only one;
 *   <li>HIGH_VOLATILITY: the states in between.
 * </ul>
 *
 * <p>The share is a target and not a minimum: three of six states of real bars hold 0.497 to 0.546
 * of the rows from one training to the next, so "at least half" would sometimes include a fourth
 * state, and half of HIGH_VOLATILITY with it.
 *
 * <p>When no state qualifies as crisis, the most stressed ones count as HIGH_VOLATILITY and {@link
 * #reasons} says why: train with more states, or refuse the model.
 *
 * @param mapping the outcome
 * @param stress of each state: mean of its non-directional inputs, higher is more turbulent
 * @param occupancy share of training rows
 * @param meanRange mean range of the training rows in the state
 * @param rangeP90 90th percentile of the range over all training rows
 * @param reasons against the labelling, one line each; empty if it is sound
 */
public record RegimeLabelling(
        RegimeMapping mapping,
        List<Double> stress,
        List<Double> occupancy,
        List<Double> meanRange,
        double rangeP90,
        List<String> reasons) {

    /** Maximum share of rows that may be labelled as crisis. */
    public static final double MOST_CRISIS = 0.15;

    /** Target share of rows in STABLE_LIQUIDITY, met as closely as whole states allow. */
    public static final double STABLE = 0.55;

    public RegimeLabelling {
        stress = List.copyOf(stress);
        occupancy = List.copyOf(occupancy);
        meanRange = List.copyOf(meanRange);
        reasons = List.copyOf(reasons);
        int states = mapping.regimes().size();
        if (stress.size() != states || occupancy.size() != states || meanRange.size() != states) {
            throw new IllegalArgumentException(
                    "Regime labelling: states="
                            + states
                            + " stress="
                            + stress
                            + " occupancy="
                            + occupancy
                            + " meanRange="
                            + meanRange);
        }
    }

    /** Labels states by their stress, occupancy and mean range. */
    public static RegimeLabelling of(
            double[] stress, double[] occupancy, double[] meanRange, double rangeP90) {
        int states = stress.length;
        int[] calmFirst =
                IntStream.range(0, states)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingDouble(k -> stress[k])
                                        .thenComparingDouble(k -> meanRange[k])
                                        .thenComparingDouble(k -> -occupancy[k]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int calm = states - crisisStates(calmFirst, occupancy, meanRange, rangeP90);
        int stable = stableStates(calmFirst, occupancy, calm);
        List<Regime> regimes = new ArrayList<>(Collections.nCopies(states, Regime.HIGH_VOLATILITY));
        for (int i = 0; i < states; i++) {
            if (i < stable) {
                regimes.set(calmFirst[i], Regime.STABLE_LIQUIDITY);
            } else if (i >= calm) {
                regimes.set(calmFirst[i], Regime.LIQUIDITY_CRISIS);
            }
        }
        return new RegimeLabelling(
                new RegimeMapping(regimes),
                list(stress),
                list(occupancy),
                list(meanRange),
                rangeP90,
                reasons(calmFirst, calm, stable, occupancy, meanRange, rangeP90));
    }

    private static int crisisStates(
            int[] calmFirst, double[] occupancy, double[] meanRange, double rangeP90) {
        double share = 0;
        double range = 0;
        int best = 0;
        for (int taken = 1; taken < calmFirst.length; taken++) {
            int k = calmFirst[calmFirst.length - taken];
            share += occupancy[k];
            range += occupancy[k] * meanRange[k];
            if (share > MOST_CRISIS) {
                break;
            }
            best = share > 0 && range / share >= rangeP90 ? taken : best;
        }
        return best;
    }

    private static int stableStates(int[] calmFirst, double[] occupancy, int calm) {
        double share = 0;
        double nearest = Double.POSITIVE_INFINITY;
        int best = 1;
        for (int taken = 1; taken <= Math.max(1, calm - 1); taken++) {
            share += occupancy[calmFirst[taken - 1]];
            double distance = Math.abs(share - STABLE);
            best = distance < nearest ? taken : best;
            nearest = Math.min(nearest, distance);
        }
        return best;
    }

    private static List<String> reasons(
            int[] calmFirst,
            int calm,
            int stable,
            double[] occupancy,
            double[] meanRange,
            double rangeP90) {
        List<String> reasons = new ArrayList<>();
        int top = calmFirst[calmFirst.length - 1];
        if (calm == calmFirst.length) {
            reasons.add(
                    String.format(
                            Locale.ROOT,
                            "No state qualifies as LIQUIDITY_CRISIS: mostStressed=%d occupancy=%.4f"
                                    + " (at most %.2f) meanRange=%.6f (at least %.6f).",
                            top,
                            occupancy[top],
                            MOST_CRISIS,
                            meanRange[top],
                            rangeP90));
        }
        if (stable == calm) {
            reasons.add("No state is left for HIGH_VOLATILITY: states=" + calmFirst.length + ".");
        }
        return reasons;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Returns whether there is no reason against the labelling. */
    public boolean isSound() {
        return reasons.isEmpty();
    }

    /** Returns a table with one line for each state, calm first, for reports and refusals. */
    public String table() {
        StringBuilder text =
                new StringBuilder("state stress occupancy meanRange regime (rangeP90=")
                        .append(String.format(Locale.ROOT, "%.6f", rangeP90))
                        .append(")");
        IntStream.range(0, stress.size())
                .boxed()
                .sorted(Comparator.comparing(stress::get))
                .forEach(
                        k ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%n%5d %6.3f %9.4f %9.6f %s",
                                                k,
                                                stress.get(k),
                                                occupancy.get(k),
                                                meanRange.get(k),
                                                mapping.regime(k))));
        return text.toString();
    }
}
