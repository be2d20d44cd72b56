/**
 * What a row is: {@link io.microstream.tables.Tables} describes every table of {@code sql/} once,
 * for the sinks that write it, the API that serves it and the fingerprint that compares it.
 *
 * <p>To add a table: write its migration in {@code sql/}, copy a declaration in {@code Tables}, and
 * pass it with its stream to {@code JobSinks.write} in {@code MarketJob}. A test compares the
 * declaration with the migrated database.
 */
package io.microstream.tables;
