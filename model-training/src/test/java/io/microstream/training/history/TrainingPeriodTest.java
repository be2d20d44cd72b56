package io.microstream.training.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2024,       2024,       2024-01-01 00:00 to 2024-12-31 23:59",
        "2022-01,    2024-12,    2022-01-01 00:00 to 2024-12-31 23:59",
        "2024-02,    2024-02,    2024-02-01 00:00 to 2024-02-29 23:59",
        "2024-02-29, 2024-02-29, 2024-02-29 00:00 to 2024-02-29 23:59",
        "2023,       2024-06-15, 2023-01-01 00:00 to 2024-06-15 23:59"
    })
    void bothEndsBelongToIt(String from, String to, String expected) {
        assertThat(TrainingPeriod.parse(from, to)).hasToString(expected);
    }

    @Test
    void endIsExclusiveInMilliseconds() {
        assertThat(TrainingPeriod.parse("1970-01-01", "1970-01-02"))
                .isEqualTo(new TrainingPeriod(0, 2 * 86_400_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "2024-13", "2024-02-30", "2024/02", "2024-2", "yesterday"})
    void whatIsNoDateIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> TrainingPeriod.parse("2024", text))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "Not a date: to=%s. Give a UTC year, month or day: 2024, 2024-06 or 2024-06-30.",
                        text);
    }

    @Test
    void endBeforeTheBeginningIsRefused() {
        assertThatThrownBy(() -> TrainingPeriod.parse("2024-06", "2024-05"))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "Training period ends before it begins: from=2024-06 to=2024-05. Exchange them.");
    }
}
