/**
 * Plays a market as an exchange does: trades, klines and books go to their streams, REST answers
 * from the same trades, and planned faults are injected on the way. Without sockets, threads and
 * clock.
 */
package io.microstream.binance.replay.exchange.market;
