/**
 * Synthesizes markets: trades whose bars equal given klines exactly, and symbols whose regime is
 * known in every minute.
 */
package io.microstream.binance.replay.synthesis;
