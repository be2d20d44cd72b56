package io.microstream.models.hmm.inference;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.Standardisation;
import java.util.Arrays;

/**
 * Rows of d values in unbroken sequences, one after the other: {@code values[row][input]}.
 *
 * <p>Split at every gap: a hidden Markov model counts neighbouring rows as neighbouring minutes.
 *
 * @param values adopted, not copied; finite; must not be modified
 * @param dimension d
 * @param lengths rows in each sequence, each at least 1, together all rows
 */
public record Observations(double[] values, int dimension, int[] lengths) {

    public Observations {
        lengths = lengths.clone();
        long rows = Arrays.stream(lengths).asLongStream().sum();
        boolean positive = Arrays.stream(lengths).allMatch(length -> length > 0);
        if (dimension < 1 || !positive || rows * dimension != values.length || rows == 0) {
            throw new IllegalArgumentException(
                    "Sequences do not cover the rows: values="
                            + values.length
                            + " dimension="
                            + dimension
                            + " sequences="
                            + lengths.length
                            + " rows="
                            + rows);
        }
    }

    /** Returns all rows as one sequence. */
    public static Observations of(double[] values, int dimension) {
        return new Observations(values, dimension, new int[] {values.length / dimension});
    }

    /** Returns a table's rows, standardised into a new array. */
    public static Observations of(FeatureMatrix rows, int[] lengths, Standardisation scaling) {
        double[] values = new double[rows.values().length];
        scaling.apply(rows.values(), values);
        return new Observations(values, rows.columns(), lengths);
    }

    /** Returns the number of rows, over all sequences. */
    public int rows() {
        return values.length / dimension;
    }

    /** Returns the number of sequences. */
    public int sequences() {
        return lengths.length;
    }

    /** Returns the first row of each sequence. */
    public int[] firstRows() {
        int[] first = new int[lengths.length];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + lengths[i - 1];
        }
        return first;
    }
}
