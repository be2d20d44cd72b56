/** Writes the exchange's JSON. */
package io.microstream.binance.replay.exchange.wire;
