package io.microstream.binance.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PaceTest {

    private static final long T0_US = 1_767_225_600_000_000L;
    private static final long SECOND_US = 1_000_000;
    private static final long MS = 1_000_000;

    /** Gives the times that were set, then the last one for ever. */
    private static final class Script implements Pace.NanoClock {
        private static final long serialVersionUID = 1L;

        private final long[] nanos;
        private int asked;

        Script(long... nanos) {
            this.nanos = nanos;
        }

        @Override
        public synchronized long getAsLong() {
            return nanos[Math.min(asked++, nanos.length - 1)];
        }

        synchronized int asked() {
            return asked;
        }
    }

    @Test
    void speedZeroNeverWaitsAndNeverLooksAtTheClock() {
        Script clock = new Script(0);
        Pace pace = new Pace(0, clock);
        assertThat(pace.isUnlimited()).isTrue();
        assertThat(pace.await(T0_US)).isTrue();
        assertThat(pace.await(T0_US + 3600 * SECOND_US)).isTrue();
        assertThat(clock.asked()).isZero();
    }

    @Test
    void theFirstRowIsDueAtOnceAndALaterOneWhenItsTimeHasPassed() {
        // A minute at sixty times the speed takes a second.
        Script clock = new Script(500, 500, 500 + 1000 * MS);
        Pace pace = new Pace(60, clock);
        assertThat(pace.await(T0_US)).isTrue();
        assertThat(pace.await(T0_US + 60 * SECOND_US)).isTrue();
        assertThat(clock.asked()).isEqualTo(3);
    }

    @Test
    void itLooksAgainUntilTheTimeHasCome() {
        Script clock =
                new Script(0, 0, 1000 * MS - 3 * MS, 1000 * MS - 2 * MS, 1000 * MS - 1, 1000 * MS);
        Pace pace = new Pace(60, clock);
        assertThat(pace.await(T0_US)).isTrue();
        assertThat(pace.await(T0_US + 60 * SECOND_US)).isTrue();
        assertThat(clock.asked()).isEqualTo(6);
    }

    @Test
    void aRowOfThePastIsDueAtOnce() {
        Pace pace = new Pace(1, new Script(0));
        assertThat(pace.await(T0_US)).isTrue();
        assertThat(pace.await(T0_US - 3600 * SECOND_US)).isTrue();
    }

    @Test
    void rowsWithoutATimeAreDueAtOnceAndDoNotStartTheClock() {
        Script clock = new Script(0);
        Pace pace = new Pace(1, clock);
        assertThat(pace.await(0)).isTrue();
        assertThat(pace.await(-1)).isTrue();
        assertThat(clock.asked()).isZero();
        assertThat(pace.await(T0_US)).isTrue();
    }

    @Test
    void wokenItReturnsWithoutTheRowBeingDue() throws Exception {
        Script clock = new Script(0);
        Pace pace = new Pace(1, clock);
        assertThat(pace.await(T0_US)).isTrue();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> due =
                CompletableFuture.supplyAsync(
                        () -> {
                            started.countDown();
                            return pace.await(T0_US + 3600 * SECOND_US);
                        });
        assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(due.isDone()).isFalse();
        pace.wakeUp();
        assertThat(due.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aWakeUpBeforeTheWaitIsNotLostAndCountsOnce() {
        Pace pace = new Pace(1, new Script(0));
        pace.wakeUp();
        assertThat(pace.await(T0_US)).isFalse();
        assertThat(pace.await(T0_US)).isTrue();
    }

    @Test
    void anInterruptedWaitEndsAndTheThreadStaysInterrupted() {
        Pace pace = new Pace(1, new Script(0));
        assertThat(pace.await(T0_US)).isTrue();
        Thread.currentThread().interrupt();
        assertThat(pace.await(T0_US + SECOND_US)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
