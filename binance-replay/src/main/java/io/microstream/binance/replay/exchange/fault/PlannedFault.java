package io.microstream.binance.replay.exchange.fault;

/**
 * A fault and where it strikes.
 *
 * @param row 0-based row in the exchange's whole sequence of trades, all symbols together; the
 *     trade there names the symbol and stream that the fault concerns
 * @param fault what happens
 */
public record PlannedFault(long row, Fault fault) {}
