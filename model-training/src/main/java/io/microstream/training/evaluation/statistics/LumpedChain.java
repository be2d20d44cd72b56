package io.microstream.training.evaluation.statistics;

import java.util.Arrays;

/**
 * A Markov chain whose states are lumped into groups.
 *
 * <p>In equilibrium the step from group r to group s has the probability {@code Σ_{i∈r} π_i Σ_{j∈s}
 * A_ij / Σ_{i∈r} π_i}. A stay in a group is entered in proportion to {@code Σ_{i∉r} π_i A_ij} and
 * lasts as long as the chain remains among the group's states (a phase-type law); its mean is
 * {@code 1 / (1 − p_rr)}, that of the geometric law with the group's own probability to stay, but
 * its tails are longer.
 */
public final class LumpedChain {

    private final double[] stationary;
    private final double[] transition;
    private final int[] groupOf;
    private final int groups;

    /**
     * Creates a chain with its states lumped into groups.
     *
     * @param stationary {@code [state]}
     * @param transition {@code [from][to]}
     * @param groupOf group of each state
     * @param groups how many there are
     */
    public LumpedChain(double[] stationary, double[] transition, int[] groupOf, int groups) {
        this.stationary = stationary.clone();
        this.transition = transition.clone();
        this.groupOf = groupOf.clone();
        this.groups = groups;
    }

    /**
     * Returns the transition probabilities between groups, {@code [from][to]}; NaN for a group
     * without states.
     */
    public double[] transition() {
        int n = groupOf.length;
        double[] flow = new double[groups * groups];
        double[] weight = new double[groups];
        for (int i = 0; i < n; i++) {
            weight[groupOf[i]] += stationary[i];
            for (int j = 0; j < n; j++) {
                flow[groupOf[i] * groups + groupOf[j]] += stationary[i] * transition[i * n + j];
            }
        }
        for (int cell = 0; cell < flow.length; cell++) {
            flow[cell] /= weight[cell / groups];
        }
        return flow;
    }

    /** Returns the mean stay in a group, in steps. */
    public double meanStay(int group) {
        return 1 / (1 - transition()[group * groups + group]);
    }

    /**
     * Returns the survival function of a stay: {@code result[t]} is the probability that it lasts
     * longer than t steps, t = 0 … {@code longest}.
     */
    public double[] survival(int group, int longest) {
        int n = groupOf.length;
        double[] inside = entry(group);
        double[] result = new double[longest + 1];
        for (int t = 0; t <= longest; t++) {
            result[t] = Arrays.stream(inside).sum();
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    next[j] += groupOf[j] == group ? inside[i] * transition[i * n + j] : 0;
                }
            }
            inside = next;
        }
        return result;
    }

    /** Returns the distribution of the state in which a stay begins; sums to 1. */
    private double[] entry(int group) {
        int n = groupOf.length;
        double[] entry = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n && groupOf[j] == group; i++) {
                entry[j] += groupOf[i] == group ? 0 : stationary[i] * transition[i * n + j];
            }
        }
        double sum = Arrays.stream(entry).sum();
        return Arrays.stream(entry).map(p -> p / sum).toArray();
    }
}
