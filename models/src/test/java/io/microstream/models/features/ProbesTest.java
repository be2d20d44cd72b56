package io.microstream.models.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbesTest {

    @Test
    void rowsLieAroundTheCentreAndAreAlwaysTheSame() {
        double[] rows = new Probes(new double[] {100, -5}, new double[] {10, 0.5}).rows();
        assertThat(rows).hasSize(2 * Probes.ROWS);
        int far = 0;
        for (int i = 0; i < rows.length; i += 2) {
            assertThat(rows[i]).isBetween(60.0, 140.0);
            assertThat(rows[i + 1]).isBetween(-7.0, -3.0);
            far += Math.abs(rows[i] - 100) > 20 ? 1 : 0;
        }
        assertThat(far).isBetween(20, 45);
        assertThat(new Probes(new double[] {100, -5}, new double[] {10, 0.5}).rows())
                .isEqualTo(rows);
    }

    @Test
    void answersMayDifferByRoundingAndNoMore() {
        List<Double> noted = new ArrayList<>(Collections.nCopies(Probes.ROWS, 0.5));
        noted.set(3, Double.POSITIVE_INFINITY);
        noted.set(4, 2_000.0);
        assertThatCode(() -> Probes.requireEqual(noted, row -> answer(row, 0.5 + 9e-10)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Probes.requireEqual(noted, row -> answer(row, 0.5 + 2e-9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probe=0 answer=0.500000002 expected=0.5");
        assertThatThrownBy(() -> Probes.requireEqual(noted, row -> row == 3 ? 7 : answer(row, 0.5)))
                .hasMessageContaining("probe=3 answer=7.0 expected=Infinity");
        assertThatThrownBy(() -> Probes.requireEqual(noted, row -> Double.NaN))
                .hasMessageContaining("answer=NaN");
    }

    private static double answer(int row, double usual) {
        return row == 3 ? Double.POSITIVE_INFINITY : row == 4 ? 2_000.000001 : usual;
    }

    @Test
    void aModelWithoutRecordedProbeScoresIsNotProbed() {
        assertThatCode(() -> Probes.requireEqual(List.of(), row -> Double.NaN))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Probes.requireEqual(List.of(1.0), row -> 1))
                .hasMessageContaining("answers=1 expected=64");
    }
}
