/**
 * Reads the splits that a task was assigned: a fetcher thread fills batches from files or from the
 * live feed, the task thread emits them with watermarks and metrics.
 */
package io.microstream.binance.source.reader;
