package io.microstream.models.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragePathLengthTest {

    @ParameterizedTest(name = "c({0}) is {1}")
    @CsvSource({
        "0, 0",
        "1, 0",
        "2, 1",
        "3, 1.20739235758962",
        "4, 1.85165590713928",
        "8, 3.29625162791369",
        "16, 4.69553173200749",
        "64, 7.47195078258613",
        "128, 8.85843050272025",
        "256, 10.2447709201199",
        "512, 11.6310767602105",
        "1000, 12.9699408871002"
    })
    void averagePathLengthIsScikitLearns(int n, double expected) {
        assertThat(AveragePathLength.of(n))
                .isCloseTo(expected, within(1e-13 * (1 + expected) * 10));
    }

    @ParameterizedTest(name = "{0} rows may be {1} high")
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "255, 8", "256, 8", "257, 9"})
    void heightLimitIsTheRoundedLogarithm(int rows, int expected) {
        assertThat(AveragePathLength.heightLimit(rows)).isEqualTo(expected);
    }
}
