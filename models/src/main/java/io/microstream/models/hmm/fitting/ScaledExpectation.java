package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.HmmParameters;
import java.util.Arrays;

/**
 * Computes the E-step on one sequence in scaled probabilities: K exponentials a row instead of
 * about 3 K², in two halves that may run at the same time, see {@link HalfSequence}.
 *
 * <p>Each row's densities are divided by their largest, so nothing overflows. A probability that
 * underflows to 0 is lost for good only if the chain cannot return to that state; with every
 * transition at least {@value #SMALLEST_TRANSITION} each state keeps that much of the mass in every
 * row, far above what a double can lose.
 *
 * <p>Smaller transitions (training drives those between distant states to 0) are therefore raised
 * to that value. The posterior probability of the paths that use one is counted along with all
 * other transitions: while it stays below {@value #MOST_RAISED} in a sequence, everything else is
 * right to that precision, and the count itself is put back to scale, so that 0 stays 0. If it does
 * not, the data require a transition that the model all but forbids, and the sequence must be left
 * to {@link LogExpectation}.
 *
 * <p>A workspace for sequences one after the other: {@link #begin}, both {@link #outward}, {@link
 * #meet}, both {@link #homeward}, {@link #end}. Not thread-safe, but for the two halves between
 * these steps.
 */
final class ScaledExpectation {

    static final double SMALLEST_TRANSITION = 1e-150;

    static final double MOST_RAISED = 1e-12;

    private final int states;
    private final int dimension;
    private final HalfSequence first;
    private final HalfSequence second;
    private final double[] known;
    private final double[] knownMirrored;
    private final double[] ones;

    private HmmParameters parameters;

    /** Transition probabilities as given, and as raised for use. */
    private double[] given;

    private double[] transition;
    private double[] x;
    private int firstRow;
    private int rows;
    private double logLikelihood;
    private SufficientStatistics crossing;
    private SufficientStatistics firstHalf;
    private SufficientStatistics secondHalf;

    ScaledExpectation(int states, int dimension) {
        this.states = states;
        this.dimension = dimension;
        first = new HalfSequence(states, dimension, false);
        second = new HalfSequence(states, dimension, true);
        known = new double[states];
        knownMirrored = new double[states];
        ones = new double[states];
        Arrays.fill(ones, 1);
    }

    /** Runs all steps in turn; see {@link #end} for the result. */
    boolean accumulate(
            HmmParameters parameters,
            double[] x,
            int firstRow,
            int rows,
            SufficientStatistics into) {
        begin(parameters, x, firstRow, rows);
        outward(0);
        outward(1);
        if (!meet()) {
            return false;
        }
        homeward(0);
        homeward(1);
        return end(into);
    }

    void begin(HmmParameters parameters, double[] x, int firstRow, int rows) {
        this.parameters = parameters;
        this.given = parameters.transition();
        this.transition = Arrays.stream(given).map(p -> Math.max(p, SMALLEST_TRANSITION)).toArray();
        this.x = x;
        this.firstRow = firstRow;
        this.rows = rows;
        crossing = new SufficientStatistics(states, dimension);
        firstHalf = new SufficientStatistics(states, dimension);
        secondHalf = new SufficientStatistics(states, dimension);
    }

    private int firstRows() {
        return (rows + 1) / 2;
    }

    /** Runs the first pass of a half, 0 or 1. */
    void outward(int half) {
        if (half == 0) {
            first.outward(parameters, transition, x, firstRow, firstRows(), parameters.start());
        } else if (rows > 1) {
            int last = firstRow + rows - 1;
            second.outward(parameters, transition, x, last, rows - firstRows(), ones);
        }
    }

    /** Exchanges the halves' innermost lines; returns false if probabilities have underflowed. */
    boolean meet() {
        double[] a = new double[states];
        double[] u = new double[states];
        first.innermost(a);
        double z = 0;
        if (rows == 1) {
            Arrays.fill(known, 1);
            z = Arrays.stream(a).sum();
        } else {
            second.innermost(u);
            z = cross(a, u);
        }
        for (int k = 0; k < states; k++) {
            known[k] /= z;
            knownMirrored[k] /= z;
        }
        for (int i = 0; i < given.length; i++) {
            crossing.transition[i] = a[i / states] * transition[i] * u[i % states] / z;
        }
        logLikelihood = StrictMath.log(z) + first.logScale() + (rows == 1 ? 0 : second.logScale());
        return z > 0 && Double.isFinite(logLikelihood);
    }

    private double cross(double[] a, double[] u) {
        Arrays.fill(known, 0);
        Arrays.fill(knownMirrored, 0);
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                known[i] += transition[i * states + j] * u[j];
                knownMirrored[j] += transition[i * states + j] * a[i];
            }
        }
        double z = 0;
        for (int k = 0; k < states; k++) {
            z += a[k] * known[k];
        }
        return z;
    }

    /** Runs the second pass of a half, 0 or 1. */
    void homeward(int half) {
        if (half == 0) {
            first.homeward(known, transition, firstHalf);
        } else if (rows > 1) {
            second.homeward(knownMirrored, transition, secondHalf);
        }
    }

    /**
     * Adds the sequence's statistics.
     *
     * @return false, with nothing added, if they are not accurate
     */
    boolean end(SufficientStatistics into) {
        SufficientStatistics own = crossing;
        own.add(firstHalf);
        own.add(secondHalf);
        own.logLikelihood = logLikelihood;
        double sum = 0;
        double raised = 0;
        for (int i = 0; i < given.length; i++) {
            sum += own.transition[i];
            if (given[i] < SMALLEST_TRANSITION) {
                raised += own.transition[i];
                own.transition[i] *= given[i] / SMALLEST_TRANSITION;
            }
        }
        for (double value : own.posterior) {
            sum += value;
        }
        if (!Double.isFinite(sum) || raised > MOST_RAISED) {
            return false;
        }
        into.add(own);
        return true;
    }
}
