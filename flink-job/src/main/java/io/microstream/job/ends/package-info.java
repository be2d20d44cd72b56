/** The sources of the job: recorded and live feeds, model files and histories of bars. */
package io.microstream.job.ends;
