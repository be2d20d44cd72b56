/** The settings of the job, immutable and validated when they are made. */
package io.microstream.job.config;
