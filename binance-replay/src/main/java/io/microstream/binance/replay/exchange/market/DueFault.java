package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.market.Trade;

/**
 * A fault that is injected before the next trade.
 *
 * @param row row of the next trade
 * @param market the symbol it concerns
 * @param trade the next trade
 * @param nowNanos exchange time
 */
record DueFault(long row, Fault fault, SymbolMarket market, Trade trade, long nowNanos) {}
