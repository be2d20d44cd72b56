/**
 * Writes results into PostgreSQL as upserts with a revision guard, over connections that outlast
 * their database, and applies the migrations of {@code sql/}.
 */
package io.microstream.job.sinks.jdbc;
