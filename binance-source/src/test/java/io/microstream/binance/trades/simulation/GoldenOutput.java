package io.microstream.binance.trades.simulation;

import io.microstream.binance.trades.FeedOutput;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import io.microstream.market.TradeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds all that the feed says against the golden market, at once: each trade is the next of its
 * trade stream, with every field; a completeness mark is true; what is called proven is.
 */
final class GoldenOutput implements FeedOutput {

    /** Where a symbol's feed has got to. */
    static final class Position {
        final String symbol;
        final List<Trade> trades;
        final List<Bar> bars = new ArrayList<>();
        int first = -1;
        int next = -1;
        long markedUntilMs;
        long completeUntilMs;
        long lost;
        boolean mayLose;
        boolean provenFirst;

        /** Where ids begin anew, at 1; −1 if they do not. */
        int resetIndex = -1;

        int restarts;
        boolean ended;
        private BarBuilder bar = new BarBuilder();
        private long minuteMs;

        Position(String symbol, List<Trade> trades) {
            this.symbol = symbol;
            this.trades = trades;
        }

        /** The trade as the exchange numbers it. */
        Trade numbered(int index) {
            Trade trade = trades.get(index);
            if (resetIndex < 0 || index < resetIndex) {
                return trade;
            }
            long shift = trades.get(resetIndex).firstTradeId() - 1;
            return new Trade(
                    symbol,
                    index - resetIndex + 1,
                    trade.price(),
                    trade.quantity(),
                    trade.firstTradeId() - shift,
                    trade.lastTradeId() - shift,
                    trade.timeUs(),
                    trade.buyerIsMaker());
        }

        Trade last() {
            return next > 0 ? trades.get(next - 1) : null;
        }

        private void gather(Trade trade) {
            if (trade.minuteMs() != minuteMs) {
                endBar();
                minuteMs = trade.minuteMs();
            }
            bar.add(trade);
        }

        void endBar() {
            if (!bar.isEmpty()) {
                bars.add(bar.toBar(symbol, minuteMs));
            }
            bar = new BarBuilder();
        }
    }

    final List<DataQuality> faults = new ArrayList<>();
    final Map<String, Integer> proofs = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final SimulatedTime time;
    long trades;
    long falseProofs;

    /** False where a test makes the exchange's clock lie. */
    boolean proofsMustHold = true;

    /** The longest time from the end of a minute until a symbol was known to be complete. */
    long slowestMinuteMs;

    GoldenOutput(GoldenMarket market, SimulatedTime time) {
        this.time = time;
        for (String symbol : market.symbols()) {
            positions.put(symbol, new Position(symbol, market.tradesOf(symbol)));
        }
    }

    Position position(String symbol) {
        return positions.get(symbol);
    }

    /** True if the trade has gone out already. */
    boolean isOut(String symbol, long id) {
        Position at = positions.get(symbol);
        Trade last = at == null ? null : at.last();
        return last != null && id <= last.id();
    }

    boolean allEnded() {
        return positions.values().stream().allMatch(position -> position.ended);
    }

    private static int indexOf(Position at, long id) {
        return Math.toIntExact(id - at.trades.get(0).id());
    }

    @Override
    public void trade(String symbol, TradeView view) {
        long id = view.id();
        long timeUs = view.timeUs();
        Position at = positions.get(symbol);
        Trade trade =
                new Trade(
                        symbol,
                        id,
                        view.price(),
                        view.quantity(),
                        view.firstTradeId(),
                        view.lastTradeId(),
                        timeUs,
                        view.buyerIsMaker());
        if (at.next < 0) {
            begin(at, indexOf(at, id), timeUs);
        }
        if (at.mayLose && id > at.trades.get(at.next).id()) {
            at.lost += indexOf(at, id) - at.next;
            at.next = indexOf(at, id);
        }
        at.mayLose = false;
        Trade expected = at.next < at.trades.size() ? at.numbered(at.next) : null;
        if (!trade.equals(expected)) {
            throw new AssertionError("Not the next trade: expected=" + expected + " was=" + trade);
        }
        if (timeUs / 1000 < at.markedUntilMs) {
            falseProofs++;
        }
        at.next++;
        at.gather(trade);
        trades++;
        complete(at, Bar.minuteOf(timeUs));
    }

    private void begin(Position at, int index, long timeUs) {
        at.first = index;
        at.next = index;
        at.mayLose = false;
        at.completeUntilMs = Bar.minuteOf(timeUs);
        boolean first = index == 0 || at.trades.get(index - 1).minuteMs() < Bar.minuteOf(timeUs);
        if (at.provenFirst && !first && proofsMustHold) {
            throw new AssertionError("Not the first of its minute: " + at.trades.get(index));
        }
    }

    /** All minutes up to there can be closed as far as the symbol is concerned. */
    private void complete(Position at, long untilMs) {
        if (at.next >= 0 && untilMs > at.completeUntilMs) {
            at.completeUntilMs = untilMs;
            slowestMinuteMs = Math.max(slowestMinuteMs, nowMs() - untilMs);
        }
    }

    @Override
    public void begins(String symbol, boolean proven) {
        Position at = positions.get(symbol);
        at.next = -1;
        at.provenFirst = proven;
    }

    @Override
    public void restarts(String symbol) {
        Position at = positions.get(symbol);
        if (at.next != at.resetIndex) {
            throw new AssertionError("Ids have not restarted: symbol=" + symbol);
        }
        at.restarts++;
    }

    @Override
    public void loses(String symbol, String why) {
        positions.get(symbol).mayLose = true;
    }

    @Override
    public void completeUntil(String symbol, long untilMs) {
        Position at = positions.get(symbol);
        if (untilMs <= at.markedUntilMs) {
            return;
        }
        at.markedUntilMs = untilMs;
        proofs.merge(symbol, 1, Integer::sum);
        boolean holds =
                at.next < 0
                        || at.next >= at.trades.size()
                        || at.trades.get(at.next).timeUs() / 1000 >= untilMs;
        if (!holds && proofsMustHold) {
            throw new AssertionError(
                    "Completeness mark too early: symbol="
                            + symbol
                            + " untilMs="
                            + untilMs
                            + " next="
                            + at.trades.get(at.next));
        }
        complete(at, untilMs);
    }

    /** What the exchange's clock should show. */
    private long nowMs() {
        long first =
                positions.values().stream()
                        .mapToLong(position -> position.trades.get(0).timeUs())
                        .min()
                        .orElseThrow();
        return first / 1000 + time.nanos() / 1_000_000;
    }

    @Override
    public void quarantined(String symbol, TradeView trade, DataQuality.Kind kind, String why) {
        fault(new DataQuality(symbol, trade.timeUs(), kind, trade.id(), trade.id(), 0, 0, 1, why));
    }

    @Override
    public void fault(DataQuality fault) {
        faults.add(fault);
    }

    @Override
    public void ended(String symbol) {
        Position at = positions.get(symbol);
        if (at != null) {
            at.ended = true;
            at.endBar();
        }
    }

    long count(DataQuality.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).count();
    }

    List<DataQuality> of(DataQuality.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).toList();
    }
}
