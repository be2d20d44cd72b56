package io.microstream.binance.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.transport.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LiveCounts counts = new LiveCounts();
    private final List<String> warnings = new ArrayList<>();
    private long nanos;
    private Duration off = Duration.ZERO;
    private Duration trip = Duration.ZERO;
    private boolean failing;
    private int asked;

    private final EventLoop loop = new EventLoop(() -> nanos);
    private final ClockWatch watch =
            new ClockWatch(loop, this::serverTimeUs, this::machine, counts, warnings::add);

    private Instant machine() {
        return NOON.plusNanos(nanos).plus(off);
    }

    private CompletableFuture<Long> serverTimeUs() {
        asked++;
        long half = trip.toNanos() / 2;
        nanos += half;
        long us = NOON.toEpochMilli() * 1000 + nanos / 1000;
        nanos += half;
        return failing
                ? CompletableFuture.failedFuture(new IOException("down"))
                : CompletableFuture.completedFuture(us);
    }

    private void tenMinutesLater() {
        nanos += Duration.ofMinutes(10).toNanos();
        loop.runDue();
    }

    @Test
    void aClockThatIsRightIsNotWarnedOfAndAskedEveryTenMinutes() {
        off = Duration.ofMillis(-900);
        watch.check();
        assertThat(counts.clockSkewMs).isEqualTo(-900);
        for (int i = 0; i < 6; i++) {
            tenMinutesLater();
        }
        assertThat(asked).isEqualTo(7);
        nanos += Duration.ofMinutes(9).toNanos();
        loop.runDue();
        assertThat(asked).isEqualTo(7);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aClockThatIsOffIsWarnedOfOnceAndAgainWhenItChanges() {
        off = Duration.ofHours(1);
        watch.check();
        tenMinutesLater();
        tenMinutesLater();
        assertThat(counts.clockSkewMs).isEqualTo(3_600_000);
        assertThat(warnings)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("ahead", "offset=3600.000s"));
        off = Duration.ofSeconds(-5);
        tenMinutesLater();
        assertThat(counts.clockSkewMs).isEqualTo(-5_000);
        assertThat(warnings).hasSize(2).last().asString().contains("behind", "offset=-5.000s");
        off = Duration.ZERO;
        tenMinutesLater();
        assertThat(warnings).hasSize(2);
        off = Duration.ofSeconds(-5);
        tenMinutesLater();
        assertThat(warnings).hasSize(3);
    }

    @Test
    void aSlowAnswerProvesNothing() {
        off = Duration.ofMillis(1_500);
        trip = Duration.ofSeconds(2);
        watch.check();
        assertThat(warnings).isEmpty();
        assertThat(counts.clockSkewMs).isEqualTo(1_500);
    }

    @Test
    void anExchangeThatPlaysThePastIsNotWarnedOf() {
        off = Duration.ofDays(400);
        watch.check();
        assertThat(warnings).isEmpty();
        assertThat(counts.clockSkewMs).isEqualTo(Duration.ofDays(400).toMillis());
    }

    @Test
    void aQuestionThatFailsIsAskedAgainLater() {
        failing = true;
        watch.check();
        failing = false;
        off = Duration.ofSeconds(3);
        tenMinutesLater();
        assertThat(counts.clockSkewMs).isEqualTo(3_000);
        assertThat(warnings).hasSize(1);
    }
}
