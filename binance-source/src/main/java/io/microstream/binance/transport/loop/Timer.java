package io.microstream.binance.transport.loop;

/** A task that falls due later. Loop thread only. */
public final class Timer implements Comparable<Timer> {

    final long dueNanos;
    private final long sequence;
    private Runnable task;

    Timer(long dueNanos, long sequence, Runnable task) {
        this.dueNanos = dueNanos;
        this.sequence = sequence;
        this.task = task;
    }

    /** Cancels the task; has no effect if it has run. */
    public void cancel() {
        task = null;
    }

    boolean isCancelled() {
        return task == null;
    }

    void run() {
        Runnable due = task;
        task = null;
        if (due != null) {
            due.run();
        }
    }

    @Override
    public int compareTo(Timer other) {
        int byTime = Long.compare(dueNanos - other.dueNanos, 0);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
