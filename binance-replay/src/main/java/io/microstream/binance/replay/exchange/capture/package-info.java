/**
 * Recorded markets: what a recorder wrote down of Binance's streams and REST, to be played again.
 */
package io.microstream.binance.replay.exchange.capture;
