package io.microstream.job.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsConfigTest {

    @Test
    void latenessIsZeroToTwoHours() {
        assertThat(new BarsConfig(Duration.ZERO).allowedLateness()).isZero();
        assertThat(BarsConfig.DEFAULT.allowedLateness()).isEqualTo(Duration.ofMinutes(120));
    }

    /** Half a minute would never be forgotten; more than features keep could not be revised. */
    @ParameterizedTest
    @ValueSource(strings = {"-PT1M", "PT90S", "PT0.5S", "PT2H1S", "PT121M", "PT2H59M"})
    void anythingElseIsRefusedInOneLine(String lateness) {
        assertThatThrownBy(() -> new BarsConfig(Duration.parse(lateness)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowedLateness=" + Duration.parse(lateness))
                .hasMessageNotContaining("\n");
    }
}
