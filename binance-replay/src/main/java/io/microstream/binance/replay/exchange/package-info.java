/**
 * An exchange on loopback that speaks Binance's WebSocket streams and REST: faithful to what is
 * documented, cruel on request.
 */
package io.microstream.binance.replay.exchange;
