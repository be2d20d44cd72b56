/**
 * Serves stream connections: names of streams, subscriptions, pings, control requests, and the
 * documented limits.
 */
package io.microstream.binance.replay.exchange.session;
