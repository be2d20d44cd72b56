package io.microstream.job.sinks.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits by the clock of the machine, on the thread of the task. */
final class SystemWaiting implements Waiting {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void await(Duration pause) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
}
