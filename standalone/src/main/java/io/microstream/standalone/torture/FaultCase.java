package io.microstream.standalone.torture;

import java.util.Locale;

/** What is done to a job while it runs. */
public enum FaultCase {
    /** {@code kill -9} of the TaskManager, and another one started. */
    TASKMANAGER_KILL(DisturbedJob::killTaskManager),
    /** {@code kill -9} of the JobManager, another one, and the newest checkpoint restored. */
    JOBMANAGER_KILL(DisturbedJob::killJobManager),
    /** Two seconds in which the database ends every connection to it as soon as it sees one. */
    BACKENDS_TERMINATED(DisturbedJob::terminateBackends),
    /** Stopped with a savepoint and restored at another parallelism: 1, 2, 1, … */
    RESCALE(DisturbedJob::rescale);

    private interface Fault {
        void happensTo(DisturbedJob job) throws Exception;
    }

    private final Fault fault;

    FaultCase(Fault fault) {
        this.fault = fault;
    }

    void disturb(DisturbedJob job) throws Exception {
        fault.happensTo(job);
    }

    /** Returns the name that users type. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
