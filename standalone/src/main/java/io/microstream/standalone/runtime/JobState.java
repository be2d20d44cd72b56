package io.microstream.standalone.runtime;

/**
 * The checkpoints and restarts of a job at one moment, as Flink counts them.
 *
 * @param completed checkpoints
 * @param failed checkpoints
 * @param newestMs when the newest checkpoint was completed, milliseconds since the epoch; 0 before
 *     the first
 * @param bytes of the newest checkpoint
 * @param failure why the newest failed checkpoint failed; empty if Flink does not say
 * @param restartedMs when the job began to restart, milliseconds since the epoch; 0 if it never did
 * @param cause why it restarted; empty if it never did
 */
record JobState(
        long completed,
        long failed,
        long newestMs,
        long bytes,
        String failure,
        long restartedMs,
        String cause) {}
