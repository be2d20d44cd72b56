/**
 * The system in one process: a database, the page, a local Flink with the job, and the exchanges
 * that it follows.
 */
package io.microstream.standalone.runtime;
