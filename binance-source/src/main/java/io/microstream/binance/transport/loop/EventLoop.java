package io.microstream.binance.transport.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Runs posted and timed tasks, one after the other, on the thread that drives it.
 *
 * <p>The loop owns no thread. A real feed drives it from the fetcher: {@link #await} then {@link
 * #runDue}. A simulation sets its clock to {@link #nextDueNanos} and calls {@link #runDue}, and a
 * day passes in a second.
 *
 * <p>Threads: {@link #execute} and {@link #wakeUp} may be called by any; all else by the driving
 * one.
 */
public final class EventLoop implements Executor {

    /** {@link #nextDueNanos} of a loop without timers. */
    public static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier nanoClock;
    private final double factor;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition posted = lock.newCondition();
    private ArrayDeque<Runnable> inbox = new ArrayDeque<>();
    private ArrayDeque<Runnable> draining = new ArrayDeque<>();
    private boolean woken;
    private long sequence;

    /**
     * @param nanoClock monotonic nanoseconds, not negative
     */
    public EventLoop(LongSupplier nanoClock) {
        this(nanoClock, 1);
    }

    /**
     * @param nanoClock monotonic nanoseconds, not negative
     * @param factor how much faster than that clock the loop's time runs: an exchange that plays a
     *     day in a minute pings, bans and renews as much faster
     */
    public EventLoop(LongSupplier nanoClock, double factor) {
        this.nanoClock = nanoClock;
        this.factor = factor;
    }

    /** Returns the loop's time, monotonic nanoseconds. */
    public long nanoTime() {
        long nanos = nanoClock.getAsLong();
        return factor == 1 ? nanos : (long) (nanos * factor);
    }

    /** A length of the clock's time, as the loop's time has it. */
    public Duration ofClock(Duration length) {
        return factor == 1 ? length : Duration.ofNanos((long) (length.toNanos() * factor));
    }

    /** Posts a task to the loop; any thread may call it. */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            inbox.add(task);
            posted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code task} once {@code delay} has passed. */
    public Timer after(Duration delay, Runnable task) {
        return afterNanos(delay.toNanos(), task);
    }

    /** Runs {@code task} once {@code delayNanos} have passed. */
    public Timer afterNanos(long delayNanos, Runnable task) {
        Timer timer = new Timer(nanoTime() + Math.max(0, delayNanos), sequence++, task);
        timers.add(timer);
        return timer;
    }

    /** Returns when the next timer is due; {@link #NEVER} without one. */
    public long nextDueNanos() {
        while (!timers.isEmpty() && timers.peek().isCancelled()) {
            timers.poll();
        }
        return timers.isEmpty() ? NEVER : timers.peek().dueNanos;
    }

    /**
     * Runs what has been posted so far, then the timers that are due now.
     *
     * @return true if anything ran
     */
    public boolean runDue() {
        boolean ran = runPosted();
        long now = nanoTime();
        while (nextDueNanos() <= now) {
            timers.poll().run();
            ran = true;
        }
        return ran;
    }

    private boolean runPosted() {
        lock.lock();
        try {
            ArrayDeque<Runnable> empty = draining;
            draining = inbox;
            inbox = empty;
        } finally {
            lock.unlock();
        }
        boolean ran = !draining.isEmpty();
        for (Runnable task = draining.poll(); task != null; task = draining.poll()) {
            task.run();
        }
        return ran;
    }

    /** True if a task is posted. */
    public boolean hasPosted() {
        lock.lock();
        try {
            return !inbox.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is posted, a timer is due, {@link #wakeUp} is called, or {@code
     * atMostNanos} have passed.
     */
    public void await(long atMostNanos) {
        long due = nextDueNanos();
        long waiting = due == NEVER ? atMostNanos : Math.min(atMostNanos, due - nanoTime());
        long left = factor == 1 ? waiting : (long) Math.ceil(waiting / factor);
        lock.lock();
        try {
            while (left > 0 && inbox.isEmpty() && !woken) {
                left = posted.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the current or the next {@link #await}. */
    public void wakeUp() {
        lock.lock();
        try {
            woken = true;
            posted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for at most {@code atMost}. */
    public void await(Duration atMost) {
        await(TimeUnit.NANOSECONDS.convert(atMost));
    }
}
