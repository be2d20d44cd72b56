package io.microstream.binance.replay.exchange;

import io.microstream.binance.replay.exchange.fault.Fault;
import io.microstream.market.Trade;

/**
 * A fault about to happen.
 *
 * @param row where
 * @param market the symbol it concerns
 * @param trade that is next
 * @param nowNanos exchange time
 */
record Strike(long row, Fault fault, SymbolMarket market, Trade trade, long nowNanos) {}
