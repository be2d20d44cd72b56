package io.microstream.models.features;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * {@value #ROWS} rows that a model scores when it is written, and again when it is read: the scores
 * must be the same, otherwise the arithmetic differs between training and use, or the model was
 * changed.
 *
 * <p>The rows lie within {@value #FAR} scales of the centre of each input and follow from these
 * alone. An answer may differ by {@value #TOLERANCE} of its size, or of 1 if it is smaller: room
 * for another order of summation, not for another model.
 */
public final class Probes {

    /** Number of probe rows of every model. */
    public static final int ROWS = 64;

    private static final double FAR = 4;
    private static final double TOLERANCE = 1e-9;
    private static final long SEED = 20_080_901;

    private final double[] centre;
    private final double[] scale;

    /** Creates the rows around a centre, in raw units. */
    public Probes(double[] centre, double[] scale) {
        this.centre = centre.clone();
        this.scale = scale.clone();
    }

    /** Returns all rows, one after the other. */
    public double[] rows() {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] rows = new double[ROWS * centre.length];
        for (int i = 0; i < rows.length; i++) {
            int input = i % centre.length;
            rows[i] = centre[input] + scale[input] * random.nextDouble(-FAR, FAR);
        }
        return rows;
    }

    /**
     * Compares a model's scores with those recorded when it was written.
     *
     * @param noted nothing, or {@value #ROWS} answers
     * @param answer of a row, by its number
     * @throws IllegalArgumentException if the number of answers or one of them differs
     */
    public static void requireEqual(List<Double> noted, IntToDoubleFunction answer) {
        if (!noted.isEmpty() && noted.size() != ROWS) {
            throw new IllegalArgumentException("answers=" + noted.size() + " expected=" + ROWS);
        }
        for (int row = 0; row < noted.size(); row++) {
            double found = answer.applyAsDouble(row);
            double expected = noted.get(row);
            double most = TOLERANCE * Math.max(1, Math.abs(expected));
            boolean isNear = Double.isFinite(expected) && Math.abs(found - expected) <= most;
            if (!isNear && Double.compare(found, expected) != 0) {
                throw new IllegalArgumentException(
                        "the model answers otherwise than when it was written: probe="
                                + row
                                + " answer="
                                + found
                                + " expected="
                                + expected);
            }
        }
    }
}
