package io.microstream.job.sinks.jdbc;

import java.time.Duration;

/** The clock and the pauses of a writer whose database is away; tests have their own. */
interface Waiting {

    /** Returns the time of a clock that never goes back, in nanoseconds. */
    long nanoTime();

    /**
     * Returns after a pause.
     *
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    void await(Duration pause) throws InterruptedException;
}
