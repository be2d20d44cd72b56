package io.microstream.models.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;

class FeatureExamplesTest {

    private final FeatureSchema schema = new FeatureSchema(3, List.of("zeta", "alpha", "mid"));
    private final FeatureExamples examples = new FeatureExamples(schema, List.of("zeta", "alpha"));

    private static FeatureVector vector(int version, double... values) {
        return new FeatureVector("BTCUSDT", 60_000, version, 0, values);
    }

    @Test
    void inputsAreFoundByNameAndStandInLexicographicOrder() {
        double[] into = new double[2];
        assertThat(examples.inputs()).containsExactly("alpha", "zeta");
        assertThat(examples.read(vector(3, 1, 2, Double.NaN), into)).isTrue();
        assertThat(into).containsExactly(2, 1);
    }

    @Test
    void undefinedInputIsReported() {
        assertThat(examples.read(vector(3, Double.NaN, 2, 3), new double[2])).isFalse();
        assertThat(examples.read(vector(3, 1, Double.POSITIVE_INFINITY, 3), new double[2]))
                .isFalse();
        assertThatThrownBy(
                        () ->
                                examples.example(
                                        vector(3, Double.NaN, 2, 3), AnomalyFactory.EXPECTED_EVENT))
                .hasMessageContaining("openTimeMs=60000");
    }

    @Test
    void exampleReadsBackAsTheArray() {
        Example<Event> example =
                examples.example(vector(3, 1, 2, 3), AnomalyFactory.EXPECTED_EVENT);
        double[] into = new double[3];
        FeatureExamples.read(example, examples.inputs(), into, 1);
        assertThat(into).containsExactly(0, 2, 1);
        assertThatThrownBy(() -> FeatureExamples.read(example, List.of("mid"), into, 0))
                .hasMessageContaining("name=mid");
    }

    @Test
    void vectorOfAnotherSchemaIsRefused() {
        assertThatThrownBy(() -> examples.read(vector(4, 1, 2, 3), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector=v4")
                .hasMessageContaining("expected=v3[zeta,alpha,mid]");
        assertThatThrownBy(() -> new FeatureExamples(schema, List.of("beta")))
                .hasMessageContaining("name=beta");
    }

    @Test
    void columnsOfATableAreSortedByName() {
        FeatureMatrix rows = new FeatureMatrix("two", List.of("b", "a"), new double[] {1, 2, 3, 4});
        assertThat(rows.names()).containsExactly("a", "b");
        assertThat(rows.values()).containsExactly(2, 1, 4, 3);
        assertThat(rows.column(0)).containsExactly(2, 4);
    }

    @Test
    void tableThatIsNotFiniteAndRectangularIsRefused() {
        assertThatThrownBy(
                        () ->
                                new FeatureMatrix(
                                        "s", List.of("a", "b"), new double[] {1, 2, 3, Double.NaN}))
                .hasMessageContaining("row=1 feature=b value=NaN");
        assertThatThrownBy(() -> new FeatureMatrix("s", List.of("a", "b"), new double[3]))
                .hasMessageContaining("values=3 columns=2");
        assertThatThrownBy(() -> new FeatureMatrix("s", List.of("a", "a"), new double[2]))
                .hasMessageContaining("distinct");
    }

    @Test
    void standardisedColumnsHaveMeanZeroAndDeviationOne() {
        FeatureMatrix rows =
                new FeatureMatrix("s", List.of("a", "b"), new double[] {1, 7, 2, 7, 3, 7, 6, 7});
        Standardisation scaling = Standardisation.of(rows);
        assertThat(scaling.mean()).containsExactly(3, 7);
        assertThat(scaling.scale()[0]).isCloseTo(Math.sqrt(14 / 4.0), within(1e-15));
        assertThat(scaling.scale()[1]).isEqualTo(1);
        double[] z = new double[2];
        scaling.apply(new double[] {3, 9}, z);
        assertThat(z).containsExactly(0, 2);
    }

    @Test
    void resultsOfTasksComeInOrderAndFailuresAsTheyAre() {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            expected.add(i * i);
        }
        assertThat(OrderedTasks.run(4, 50, i -> i * i)).isEqualTo(expected);
        assertThat(OrderedTasks.run(1, 50, i -> i * i)).isEqualTo(expected);
        assertThatThrownBy(
                        () ->
                                OrderedTasks.run(
                                        2,
                                        3,
                                        i -> {
                                            throw new IllegalArgumentException("piece=" + i);
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("piece=0");
    }
}
