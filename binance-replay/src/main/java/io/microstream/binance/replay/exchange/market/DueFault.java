package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.market.Trade;

/**
 * A fault about to happen.
 *
 * @param row where
 * @param market the symbol it concerns
 * @param trade that is next
 * @param nowNanos exchange time
 */
record DueFault(long row, Fault fault, SymbolMarket market, Trade trade, long nowNanos) {}
