/**
 * The live feed of trades: joins what the streams carry and what REST holds into the unbroken trade
 * stream of each symbol. No Flink, no thread of its own, no clock but the loop's.
 */
package io.microstream.binance.trades;
