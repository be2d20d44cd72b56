package io.microstream.binance.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private long nanos;
    private final EventLoop loop = new EventLoop(() -> nanos);
    private final List<String> ran = new ArrayList<>();

    @Test
    void postedTasksRunInTheirOrderAndWhatTheyPostRunsInTheNextTurn() {
        loop.execute(
                () -> {
                    ran.add("first");
                    loop.execute(() -> ran.add("third"));
                });
        loop.execute(() -> ran.add("second"));

        assertThat(loop.runDue()).isTrue();
        assertThat(ran).containsExactly("first", "second");
        assertThat(loop.hasPosted()).isTrue();
        assertThat(loop.runDue()).isTrue();
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(loop.runDue()).isFalse();
    }

    @Test
    void timersRunByTimeAndThoseOfOneMomentInTheOrderTheyWereSet() {
        loop.after(Duration.ofMillis(2), () -> ran.add("2a"));
        loop.after(Duration.ofMillis(1), () -> ran.add("1"));
        loop.after(Duration.ofMillis(2), () -> ran.add("2b"));
        loop.after(Duration.ofMillis(3), () -> ran.add("3"));

        nanos = 2_000_000;
        loop.runDue();

        assertThat(ran).containsExactly("1", "2a", "2b");
        assertThat(loop.nextDueNanos()).isEqualTo(3_000_000);
    }

    @Test
    void cancelledTimersDoNotRunAndAreNotWaitedFor() {
        Timer cancelled = loop.after(Duration.ofMillis(1), () -> ran.add("cancelled"));
        Timer done = loop.after(Duration.ofMillis(2), () -> ran.add("done"));
        cancelled.cancel();

        assertThat(loop.nextDueNanos()).isEqualTo(2_000_000);
        nanos = 2_000_000;
        loop.runDue();
        done.cancel();
        assertThat(ran).containsExactly("done");
        assertThat(loop.nextDueNanos()).isEqualTo(EventLoop.NEVER);
    }

    @Test
    void delaysBelowZeroAreDueAtOnce() {
        nanos = 5;
        loop.afterNanos(-7, () -> ran.add("now"));
        assertThat(loop.nextDueNanos()).isEqualTo(5);
        assertThat(loop.runDue()).isTrue();
        assertThat(ran).containsExactly("now");
    }

    @Test
    void aFactorMakesItsTimePassFaster() {
        EventLoop fast = new EventLoop(() -> nanos, 60);
        fast.after(Duration.ofMinutes(1), () -> ran.add("minute"));
        nanos = Duration.ofSeconds(1).toNanos();
        assertThat(fast.nanoTime()).isEqualTo(Duration.ofMinutes(1).toNanos());
        fast.runDue();
        assertThat(ran).containsExactly("minute");
        assertThat(fast.ofClock(Duration.ofSeconds(2))).isEqualTo(Duration.ofMinutes(2));
        assertThat(loop.ofClock(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anyMixOfTimersAndCancellationsRunsAsAPlainListWould() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            List<Long> expected = new ArrayList<>();
            List<Long> seen = new ArrayList<>();
            List<Timer> timers = new ArrayList<>();
            EventLoop mixed = new EventLoop(() -> nanos);
            nanos = 0;
            for (int i = 0; i < 50; i++) {
                long due = chance.nextLong(20);
                timers.add(mixed.afterNanos(due, () -> seen.add(due)));
                expected.add(due);
            }
            for (int i = 49; i >= 0; i--) {
                if (chance.nextInt(4) == 0) {
                    timers.get(i).cancel();
                    expected.remove(i);
                }
            }
            expected.sort(null);
            for (nanos = 0; nanos < 20; nanos++) {
                mixed.runDue();
            }
            assertThat(seen).as("seed=%d", seed).isEqualTo(expected);
        }
    }

    @Test
    void aTaskPostedByAnotherThreadEndsTheWait() throws InterruptedException {
        EventLoop real = new EventLoop(System::nanoTime);
        CountDownLatch waiting = new CountDownLatch(1);
        Thread other =
                new Thread(
                        () -> {
                            try {
                                waiting.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            real.execute(() -> ran.add("posted"));
                        });
        other.start();
        waiting.countDown();
        real.await(Duration.ofMinutes(5));
        real.runDue();
        other.join();
        assertThat(ran).containsExactly("posted");
    }

    @Test
    void wakingUpEndsTheNextWaitOnce() {
        loop.wakeUp();
        loop.await(Duration.ofMinutes(5));
        loop.await(Duration.ofNanos(1));
        assertThat(loop.runDue()).isFalse();
    }
}
