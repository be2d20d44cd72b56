package io.microstream.models.features;

import java.util.Arrays;

/**
 * The frozen mean and scale of a model's inputs: {@code z = (x − mean) / scale}.
 *
 * <p>Measured once on the training rows (scale = population standard deviation; 1 for a constant
 * column) and carried inside the model, so a bar never takes part in its own normalisation.
 */
public final class Standardisation {

    private final double[] mean;
    private final double[] scale;

    /**
     * Creates a standardisation from one mean and one scale for each input.
     *
     * @throws IllegalArgumentException unless means are finite and scales finite and positive
     */
    public Standardisation(double[] mean, double[] scale) {
        this.mean = mean.clone();
        this.scale = scale.clone();
        if (mean.length != scale.length) {
            throw new IllegalArgumentException(
                    "Standardisation: means=" + mean.length + " scales=" + scale.length);
        }
        for (int i = 0; i < mean.length; i++) {
            if (!Double.isFinite(mean[i]) || !Double.isFinite(scale[i]) || scale[i] <= 0) {
                throw new IllegalArgumentException(
                        "Standardisation: input=" + i + " mean=" + mean[i] + " scale=" + scale[i]);
            }
        }
    }

    /** Returns the standardisation that leaves every value as it is. */
    public static Standardisation identity(int inputs) {
        double[] ones = new double[inputs];
        Arrays.fill(ones, 1);
        return new Standardisation(new double[inputs], ones);
    }

    /** Measures mean and standard deviation of each column, in two passes over the rows. */
    public static Standardisation of(FeatureMatrix rows) {
        int columns = rows.columns();
        int n = rows.rows();
        double[] values = rows.values();
        double[] mean = new double[columns];
        double[] scale = new double[columns];
        for (int row = 0; row < values.length; row += columns) {
            for (int i = 0; i < columns; i++) {
                mean[i] += values[row + i] / n;
            }
        }
        for (int row = 0; row < values.length; row += columns) {
            for (int i = 0; i < columns; i++) {
                double difference = values[row + i] - mean[i];
                scale[i] += difference * difference / n;
            }
        }
        for (int i = 0; i < columns; i++) {
            scale[i] = scale[i] > 0 ? Math.sqrt(scale[i]) : 1;
        }
        return new Standardisation(mean, scale);
    }

    /** Returns the number of inputs. */
    public int size() {
        return mean.length;
    }

    /** Returns a copy of the means. */
    public double[] mean() {
        return mean.clone();
    }

    /** Returns a copy of the scales. */
    public double[] scale() {
        return scale.clone();
    }

    /** Standardises one row, or many consecutive rows; {@code into} may be {@code x}. */
    public void apply(double[] x, double[] into) {
        for (int i = 0, column = 0; i < x.length; i++, column++) {
            column = column == mean.length ? 0 : column;
            into[i] = (x[i] - mean[column]) / scale[column];
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Standardisation other
                && Arrays.equals(mean, other.mean)
                && Arrays.equals(scale, other.scale);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(scale);
    }

    @Override
    public String toString() {
        return "Standardisation[mean="
                + Arrays.toString(mean)
                + ", scale="
                + Arrays.toString(scale)
                + "]";
    }
}
