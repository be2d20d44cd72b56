/** Finds the splits of a source, assigns them to its readers and remembers which are assigned. */
package io.microstream.binance.source.enumerator;
