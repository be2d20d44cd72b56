package io.microstream.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {

    private long nowMs;

    @Test
    void phasesOfTheSameNameAddUp() {
        List<String> lines = new ArrayList<>();
        PhaseTimes times = new PhaseTimes(lines::add, () -> nowMs * 1_000_000);
        nowMs = 250;
        times.accept("reading BTCUSDT files=42");
        nowMs = 1_250;
        times.accept("reading ETHUSDT files=18");
        nowMs = 2_000;
        times.accept("fitting K=6 on all rows=100");
        nowMs = 12_000;
        assertThat(times.line())
                .isEqualTo("time: searching 0.3 s, reading 1.8 s, fitting 10.0 s, in all 12.0 s");
        assertThat(lines)
                .containsExactly(
                        "reading BTCUSDT files=42",
                        "reading ETHUSDT files=18",
                        "fitting K=6 on all rows=100");
    }
}
