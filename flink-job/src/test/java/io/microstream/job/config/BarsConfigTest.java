package io.microstream.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsConfigTest {

    @Test
    void latenessIsZeroToTwoHours() {
        assertThat(new BarsConfig(Duration.ZERO).allowedLateness()).isZero();
        assertThat(BarsConfig.DEFAULT.allowedLateness()).isEqualTo(Duration.ofMinutes(120));
    }

    @Test
    void provisionalBarsComeEveryTenMillisecondsToAMinuteOrNever() {
        for (String period : List.of("PT0S", "PT0.01S", "PT1S", "PT1M")) {
            Duration every = Duration.parse(period);
            assertThat(BarsConfig.DEFAULT.withProvisionalEvery(every).provisionalEvery())
                    .isEqualTo(every);
        }
        for (String period : List.of("PT-1S", "PT0.001S", "PT1M1S")) {
            Duration every = Duration.parse(period);
            assertThatThrownBy(() -> BarsConfig.DEFAULT.withProvisionalEvery(every))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("provisionalEvery=" + every)
                    .hasMessageNotContaining("\n");
        }
    }

    /** State of half a minute would never be removed, and features are kept for two hours only. */
    @ParameterizedTest
    @ValueSource(strings = {"-PT1M", "PT90S", "PT0.5S", "PT2H1S", "PT121M", "PT2H59M"})
    void anythingElseIsRefusedInOneLine(String lateness) {
        assertThatThrownBy(() -> new BarsConfig(Duration.parse(lateness)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowedLateness=" + Duration.parse(lateness))
                .hasMessageNotContaining("\n");
    }
}
