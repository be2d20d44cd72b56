package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.market.Trade;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Injects planned faults: those of the market at their row, those of messages and connections at
 * the first trade of their symbol from there on that has subscribers and is under no fault, one at
 * a time.
 */
final class FaultInjector {

    private final List<PlannedFault> planned;
    private final Map<String, SymbolMarket> markets;
    private final StreamMute mute;
    private final MarketFaults ofMarket;
    private final MessageFaults ofMessages;
    private final ConnectionFaults ofConnections;
    private int next;

    FaultInjector(
            List<PlannedFault> faults,
            Map<String, SymbolMarket> markets,
            StreamMute mute,
            MarketFaults ofMarket,
            MessageFaults ofMessages,
            ConnectionFaults ofConnections) {
        this.planned = faults.stream().sorted(Comparator.comparingLong(PlannedFault::row)).toList();
        this.markets = markets;
        this.mute = mute;
        this.ofMarket = ofMarket;
        this.ofMessages = ofMessages;
        this.ofConnections = ofConnections;
        planned.forEach(fault -> requireListed(fault.symbol()));
    }

    private void requireListed(String symbol) {
        if (symbol != null && !markets.containsKey(symbol)) {
            throw new IllegalArgumentException(
                    "Fault for a symbol that is not listed: symbol="
                            + symbol
                            + " listed="
                            + markets.keySet());
        }
    }

    /** Passes a row that no stream carries: only what changes the market takes effect. */
    void skip(long row, SymbolMarket market, Trade trade) {
        reach(row, market);
        for (SymbolMarket each : markets.values()) {
            each.due.removeIf(fault -> !MarketFaults.changesMarket(fault.fault()));
        }
        while (!market.due.isEmpty()) {
            ofMarket.apply(new DueFault(row, market.due.poll().fault(), market, trade, 0));
        }
    }

    /** Returns true if a fault may be injected before the trade of that row. */
    boolean due(long row, SymbolMarket market) {
        if (next < planned.size() && planned.get(next).row() <= row) {
            reach(row, market);
        }
        return !market.due.isEmpty();
    }

    /** Injects what is due before the trade of that row; returns false if the market must wait. */
    boolean inject(long row, SymbolMarket market, Trade trade, long nowNanos) {
        injectIntoMarket(row, market, trade, nowNanos);
        if (market.due.isEmpty() || market.underFault() || mute.isOn() || !market.carried()) {
            return true;
        }
        Fault fault = market.due.peek().fault();
        DueFault due = new DueFault(row, fault, market, trade, nowNanos);
        if (!ConnectionFaults.concerns(fault)) {
            ofMessages.inject(due);
        } else if (!ofConnections.inject(due)) {
            return false;
        }
        market.due.poll();
        return true;
    }

    private void injectIntoMarket(long row, SymbolMarket market, Trade trade, long nowNanos) {
        for (Iterator<PlannedFault> due = market.due.iterator(); due.hasNext(); ) {
            Fault fault = due.next().fault();
            if (MarketFaults.concerns(fault)) {
                due.remove();
                ofMarket.inject(new DueFault(row, fault, market, trade, nowNanos));
            }
        }
    }

    private void reach(long row, SymbolMarket market) {
        while (next < planned.size() && planned.get(next).row() <= row) {
            PlannedFault fault = planned.get(next++);
            (fault.symbol() == null ? market : markets.get(fault.symbol())).due.add(fault);
        }
    }
}
