package io.microstream.binance.replay.exchange.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what one fault does, symbol by symbol. Any thread. */
public final class Injection {

    private final long row;
    private final Fault fault;
    private final String symbol;
    private final long id;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    /**
     * @param symbol of the trade it is injected at
     * @param id of that trade
     */
    Injection(long row, Fault fault, String symbol, long id) {
        this.row = row;
        this.fault = fault;
        this.symbol = symbol;
        this.id = id;
    }

    /** Counts a trade that the fault concerned and that arrived all the same. */
    public synchronized void concern(String ofSymbol, long tradeId) {
        tally(ofSymbol, tradeId);
    }

    /** Counts a trade that no stream carried. */
    public synchronized void withhold(String ofSymbol, long tradeId) {
        tally(ofSymbol, tradeId).withheld++;
    }

    /** Counts a message that came again, or an extra one. */
    public synchronized void repeat(String ofSymbol, long tradeId) {
        tally(ofSymbol, tradeId).repeated++;
    }

    public synchronized long withheldOf(String ofSymbol) {
        Tally tally = tallies.get(ofSymbol);
        return tally == null ? 0 : tally.withheld;
    }

    synchronized List<InjectedFault> list() {
        if (tallies.isEmpty()) {
            return List.of(new InjectedFault(row, fault, symbol, id, id - 1, 0, 0));
        }
        return tallies.entrySet().stream()
                .map(entry -> entry.getValue().as(row, fault, entry.getKey()))
                .toList();
    }

    private Tally tally(String ofSymbol, long tradeId) {
        Tally tally = tallies.computeIfAbsent(ofSymbol, key -> new Tally());
        tally.first = Math.min(tally.first, tradeId);
        tally.last = Math.max(tally.last, tradeId);
        return tally;
    }

    private static final class Tally {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long withheld;
        long repeated;

        InjectedFault as(long row, Fault fault, String symbol) {
            return new InjectedFault(row, fault, symbol, first, last, withheld, repeated);
        }
    }
}
