package io.microstream.models.features;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * Converts between a feature vector, the array that a model scores, and a Tribuo example; no other
 * class does.
 *
 * <p>Features are found by name in a {@link FeatureSchema}; the array holds a model's inputs in
 * lexicographic order of their names, as Tribuo numbers them. A value that is not finite means "not
 * defined" and is reported, never guessed: Tribuo itself would read a missing feature as 0.
 */
public final class FeatureExamples {

    private final FeatureSchema schema;
    private final List<String> inputs;
    private final int[] positions;

    /**
     * Creates a converter for a model.
     *
     * @param inputs names of the features that the model reads, in any order
     * @throws IllegalArgumentException for a name the schema does not know
     */
    public FeatureExamples(FeatureSchema schema, List<String> inputs) {
        this.schema = schema;
        this.inputs = inputs.stream().sorted().toList();
        this.positions = this.inputs.stream().mapToInt(schema::indexOf).toArray();
    }

    /** Returns the names of the inputs in the order of the arrays. */
    public List<String> inputs() {
        return inputs;
    }

    /**
     * Copies the inputs of a vector into an array.
     *
     * @return false if one of them is not finite; {@code into} is then to be ignored
     * @throws IllegalArgumentException if the vector is of another schema version
     */
    public boolean read(FeatureVector vector, double[] into) {
        if (vector.schemaVersion() != schema.version() || vector.values().length != schema.size()) {
            throw new IllegalArgumentException(
                    "Feature vector of another schema: symbol="
                            + vector.symbol()
                            + " openTimeMs="
                            + vector.openTimeMs()
                            + " vector=v"
                            + vector.schemaVersion()
                            + " size="
                            + vector.values().length
                            + " expected="
                            + schema);
        }
        boolean defined = true;
        for (int i = 0; i < positions.length; i++) {
            into[i] = vector.values()[positions[i]];
            defined &= Double.isFinite(into[i]);
        }
        return defined;
    }

    /**
     * Returns a Tribuo example of a vector's inputs.
     *
     * @throws IllegalArgumentException if an input is not finite
     */
    public <T extends Output<T>> Example<T> example(FeatureVector vector, T output) {
        double[] values = new double[inputs.size()];
        if (!read(vector, values)) {
            throw new IllegalArgumentException(
                    "Feature not defined: symbol="
                            + vector.symbol()
                            + " openTimeMs="
                            + vector.openTimeMs()
                            + " inputs="
                            + inputs
                            + " values="
                            + Arrays.toString(values));
        }
        return new ArrayExample<>(output, inputs.toArray(String[]::new), values);
    }

    /**
     * Reads named values out of a Tribuo example; features of other names are ignored.
     *
     * @param names in lexicographic order
     * @param into receives {@code names.size()} values from {@code offset} on
     * @throws IllegalArgumentException if a name is missing or its value is not finite
     */
    public static void read(Example<?> example, List<String> names, double[] into, int offset) {
        Arrays.fill(into, offset, offset + names.size(), Double.NaN);
        for (Feature feature : example) {
            int index = names.indexOf(feature.getName());
            if (index >= 0) {
                into[offset + index] = feature.getValue();
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (!Double.isFinite(into[offset + i])) {
                throw new IllegalArgumentException(
                        "Example lacks a feature: name="
                                + names.get(i)
                                + " value="
                                + into[offset + i]
                                + " wanted="
                                + names);
            }
        }
    }
}
