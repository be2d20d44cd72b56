package io.microstream.models.features;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A flat table of training rows: {@code values[row * columns + column]}, 8 bytes a value.
 *
 * <p>Columns stand in the lexicographic order of their names, whatever order they were given in: it
 * is the order of Tribuo's feature ids, so positions mean the same in table, model and example.
 *
 * <p>Every value is finite: rows with an undefined feature are left out by whoever fills the table.
 * The array is adopted, not copied, when its columns are already in order; do not change it after.
 */
public final class FeatureMatrix {

    private final String source;
    private final List<String> names;
    private final double[] values;

    /**
     * Creates a table, reordering its columns by name if necessary.
     *
     * @param source description of the rows in one line, for the provenance of models
     * @param names a name for each column
     * @param values rows one after the other, columns as named
     * @throws IllegalArgumentException for no or double names, a broken row or a value that is not
     *     finite
     */
    public FeatureMatrix(String source, List<String> names, double[] values) {
        int columns = names.size();
        if (columns == 0 || names.stream().distinct().count() != columns) {
            throw new IllegalArgumentException(
                    "Feature table needs distinct names: names=" + names + " source=" + source);
        }
        if (values.length % columns != 0) {
            throw new IllegalArgumentException(
                    "Feature table has a broken last row: values="
                            + values.length
                            + " columns="
                            + columns
                            + " source="
                            + source);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "Feature table holds a value that is not finite: row="
                                + i / columns
                                + " feature="
                                + names.get(i % columns)
                                + " value="
                                + values[i]
                                + " source="
                                + source);
            }
        }
        int[] order =
                IntStream.range(0, columns)
                        .boxed()
                        .sorted(Comparator.comparing(names::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
        this.source = source;
        this.names = names.stream().sorted().toList();
        this.values = this.names.equals(names) ? values : reordered(values, order);
    }

    private static double[] reordered(double[] values, int[] order) {
        double[] result = new double[values.length];
        for (int row = 0; row < values.length; row += order.length) {
            for (int column = 0; column < order.length; column++) {
                result[row + column] = values[row + order[column]];
            }
        }
        return result;
    }

    /** Returns the description of the rows, in one line. */
    public String source() {
        return source;
    }

    /** Returns the names of the columns, in lexicographic order. */
    public List<String> names() {
        return names;
    }

    /** Returns the number of columns, one for each input of the model. */
    public int columns() {
        return names.size();
    }

    /** Returns the number of rows. */
    public int rows() {
        return values.length / names.size();
    }

    /** Returns the table itself, row after row; must not be modified. */
    public double[] values() {
        return values;
    }

    /** Returns a copy of one column. */
    public double[] column(int column) {
        double[] result = new double[rows()];
        for (int row = 0; row < result.length; row++) {
            result[row] = values[row * names.size() + column];
        }
        return result;
    }

    /**
     * Returns the position of a column.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("Unknown column: name=" + name + " known=" + names);
        }
        return index;
    }
}
