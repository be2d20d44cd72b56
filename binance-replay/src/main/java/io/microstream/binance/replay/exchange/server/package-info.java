/**
 * Puts the exchange on a loopback port: HTTP, WebSocket framing, and the event loop that drives it.
 */
package io.microstream.binance.replay.exchange.server;
