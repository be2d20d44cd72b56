/**
 * Recorded market data: Binance's public dumps (aggregate trades, trades, one-minute klines) and
 * raw captures of its streams, inspected once and then read row by row. Plain JDK.
 */
package io.microstream.binance.archive;
