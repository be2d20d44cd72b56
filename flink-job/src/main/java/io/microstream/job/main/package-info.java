/** Starts the job by itself, from its configuration or from a checkpoint. */
package io.microstream.job.main;
