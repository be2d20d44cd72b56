package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProvisionalOptionTest {

    @ParameterizedTest
    @CsvSource({"1, 1000", "10, 1000", "30, 500", "60, 250", "600, 250"})
    void defaultPeriodFollowsTheSpeed(double speed, long millis) {
        assertThat(option().at(speed)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void givenPeriodIsUsed() {
        assertThat(option("--provisional", "250ms").at(1)).isEqualTo(Duration.ofMillis(250));
        assertThat(option("--provisional", "2s").at(60)).isEqualTo(Duration.ofSeconds(2));
        assertThat(option("--provisional", "1m").at(60)).isEqualTo(Duration.ofMinutes(1));
        assertThat(option("--provisional", "OFF").at(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"49ms", "61s", "0s", "-1s", "often", "", "999999ms"})
    void invalidPeriodIsRefused(String period) {
        ProvisionalOption option = option("--provisional", period);
        assertThatThrownBy(() -> option.at(1))
                .isInstanceOf(BadUsage.class)
                .hasMessageContaining("provisional=" + period + ". Give 1s, 250ms");
    }

    private static ProvisionalOption option(String... words) {
        return CommandLine.populateCommand(new ProvisionalOption(), words);
    }
}
