package io.microstream.binance.replay.exchange.book;

/**
 * A level of an order book.
 *
 * @param price units of 1e-8
 * @param quantity all there is at that price, units of 1e-8 of the base asset; 0: the level is gone
 */
public record BookLevel(long price, long quantity) {}
