/** Runs the job as a program of its own and refuses checkpoints of other jobs. */
package io.microstream.job.main;
