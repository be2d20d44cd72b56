package io.microstream.binance.trades.simulation;

import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.synthesis.KlineSynthesizer;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What happens on the exchange, known in advance: the trades of each symbol, and the bars of those
 * that were synthesized from bars.
 */
final class GoldenMarket {

    /** Noon of some day, milliseconds since the epoch. */
    static final long START_MS = 1_767_268_800_000L;

    private final int minutes;
    private final Map<String, List<Trade>> tradesBySymbol = new LinkedHashMap<>();
    private final Map<String, List<Bar>> bars = new LinkedHashMap<>();

    GoldenMarket(int minutes) {
        this.minutes = minutes;
    }

    /** Symbols {@code S00USDT}, {@code S01USDT} … that trade all the time. */
    GoldenMarket busy(int symbols, int tradesPerMinute, long seed) {
        List<String> names =
                IntStream.range(0, symbols)
                        .mapToObj(i -> "S%02dUSDT".formatted(tradesBySymbol.size() + i))
                        .toList();
        SimulatedMarket market = new SimulatedMarket(names, START_MS, minutes, seed);
        for (String symbol : names) {
            KlineSynthesizer synthesizer = market.synthesizer(symbol, tradesPerMinute);
            List<Trade> trades = new ArrayList<>();
            synthesizer.trades(market.bars(symbol)).forEachRemaining(trades::add);
            tradesBySymbol.put(symbol, trades);
            List<Bar> expected = new ArrayList<>();
            market.synthesizer(symbol, tradesPerMinute)
                    .completed(market.bars(symbol))
                    .forEachRemaining(expected::add);
            bars.put(symbol, expected);
        }
        return this;
    }

    /** A symbol that trades now and then, at least at the start and at the end. */
    GoldenMarket idle(String symbol, double meanGapSeconds, long seed) {
        SplittableRandom chance = new SplittableRandom(seed ^ symbol.hashCode());
        List<Trade> trades = new ArrayList<>();
        long end = endUs() - 2_000_000;
        long timeUs = START_MS * 1000 + chance.nextLong(5_000_000);
        long id = 1 + chance.nextLong(1_000_000);
        long tradeId = 3 * id;
        while (timeUs < end) {
            long singles = 1 + chance.nextLong(4);
            trades.add(trade(symbol, id++, tradeId, tradeId + singles - 1, timeUs, chance));
            tradeId += singles;
            double gap = -StrictMath.log(1 - chance.nextDouble()) * meanGapSeconds;
            timeUs += 1 + (long) (gap * 1e6);
        }
        trades.add(trade(symbol, id, tradeId, tradeId, end, chance));
        tradesBySymbol.put(symbol, trades);
        return this;
    }

    /** A symbol with trades at these times alone, microseconds after the start. */
    GoldenMarket at(String symbol, long... afterStartUs) {
        SplittableRandom chance = new SplittableRandom(symbol.hashCode());
        List<Trade> trades = new ArrayList<>();
        for (long after : afterStartUs) {
            long id = 1001 + trades.size();
            trades.add(trade(symbol, id, id, id, START_MS * 1000 + after, chance));
        }
        tradesBySymbol.put(symbol, trades);
        return this;
    }

    /** Takes away what a symbol trades between two minutes: it is halted. */
    GoldenMarket halted(String symbol, int fromMinute, int toMinute) {
        long fromUs = (START_MS + fromMinute * Bar.MINUTE_MS) * 1000;
        long toUs = (START_MS + toMinute * Bar.MINUTE_MS) * 1000;
        List<Trade> kept = new ArrayList<>();
        long shift = 0;
        for (Trade trade : tradesBySymbol.get(symbol)) {
            if (trade.timeUs() >= fromUs && trade.timeUs() < toUs) {
                shift++;
            } else {
                kept.add(renumbered(trade, trade.id() - shift));
            }
        }
        tradesBySymbol.put(symbol, kept);
        bars.remove(symbol);
        return this;
    }

    private static Trade renumbered(Trade trade, long id) {
        return new Trade(
                trade.symbol(),
                id,
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.timeUs(),
                trade.buyerIsMaker());
    }

    private static Trade trade(
            String symbol, long id, long first, long last, long timeUs, SplittableRandom chance) {
        long price = 1_000_000L * (10_000 + chance.nextLong(1_000));
        long quantity = 1_000L * (1 + chance.nextLong(100_000));
        return new Trade(symbol, id, price, quantity, first, last, timeUs, chance.nextBoolean());
    }

    List<String> symbols() {
        return List.copyOf(tradesBySymbol.keySet());
    }

    List<Trade> tradesOf(String symbol) {
        return tradesBySymbol.get(symbol);
    }

    /** Null for a symbol that was not synthesized from bars. */
    List<Bar> bars(String symbol) {
        return bars.get(symbol);
    }

    int minutes() {
        return minutes;
    }

    long endUs() {
        return (START_MS + minutes * Bar.MINUTE_MS) * 1000;
    }

    long rows() {
        return tradesBySymbol.values().stream().mapToLong(List::size).sum();
    }

    /** The row at which a symbol's trade happens, all symbols' trades in one sequence. */
    long rowOf(String symbol, int index) {
        Trade trade = tradesBySymbol.get(symbol).get(index);
        long row = 0;
        boolean before = true;
        for (Map.Entry<String, List<Trade>> each : tradesBySymbol.entrySet()) {
            if (each.getKey().equals(symbol)) {
                row += index;
                before = false;
                continue;
            }
            for (Trade other : each.getValue()) {
                boolean earlier = other.timeUs() < trade.timeUs();
                row += earlier || before && other.timeUs() == trade.timeUs() ? 1 : 0;
            }
        }
        return row;
    }

    /** The row that happens next after a time. */
    long rowAt(int minute, int second) {
        long us = (START_MS + minute * Bar.MINUTE_MS + second * 1000L) * 1000;
        return tradesBySymbol.values().stream()
                .flatMap(List::stream)
                .filter(trade -> trade.timeUs() < us)
                .count();
    }

    List<Listing> listings() {
        return tradesBySymbol.entrySet().stream()
                .map(
                        each ->
                                Listing.of(each.getKey(), each.getValue().iterator())
                                        .withPeriodEnd(endUs()))
                .toList();
    }
}
