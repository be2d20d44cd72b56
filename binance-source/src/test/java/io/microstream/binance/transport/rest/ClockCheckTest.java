package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

    private static final Instant ASKED = Instant.parse("2026-01-01T00:00:00Z");
    private static final long ASKED_US = 1_767_225_600_000_000L;

    private static ClockCheck check(long serverAheadMs, long roundTripMs) {
        return ClockCheck.of(
                ASKED,
                ASKED_US + (roundTripMs / 2 + serverAheadMs) * 1_000,
                ASKED.plusMillis(roundTripMs));
    }

    @Test
    void takesTheAnswerForTheMiddleOfTheRequest() {
        assertThat(check(0, 800)).isEqualTo(new ClockCheck(Duration.ZERO, Duration.ofMillis(400)));
        assertThat(check(-250, 100).offset()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void warnsBeyondASecondOnly() {
        assertThat(check(1_000, 0).warning()).isEmpty();
        assertThat(check(1_001, 0).warning()).isPresent();
        assertThat(check(-1_100, 400).warning()).isEmpty();
        assertThat(check(-1_300, 400).warning()).isPresent();
    }

    @Test
    void saysHowFarAndWhichWay() {
        assertThat(check(-3_600_000, 200).warning())
                .hasValue(
                        "This machine's clock is ahead of the exchange's: offset=3600.000s uncertainty=0.100s."
                                + " Set it by NTP; trades are not affected, latencies and certificates are");
        assertThat(check(5_000, 0).warning().orElseThrow()).contains("behind", "offset=-5.000s");
    }
}
