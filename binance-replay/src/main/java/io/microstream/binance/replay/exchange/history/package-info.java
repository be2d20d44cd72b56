/**
 * Holds what has been traded so far: aggregate trades, the single trades in them, and their
 * minutes.
 */
package io.microstream.binance.replay.exchange.history;
