/** Runs the job on processes of its own, disturbs them, and compares what it wrote. */
package io.microstream.standalone.torture;
