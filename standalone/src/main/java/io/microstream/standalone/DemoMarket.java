package io.microstream.standalone;

import io.microstream.binance.replay.KlineSynthesizer;
import io.microstream.binance.replay.SimulatedMarket;
import io.microstream.binance.replay.exchange.Listing;
import io.microstream.binance.replay.exchange.fault.FaultScript;
import io.microstream.binance.replay.exchange.fault.PlannedFault;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The market of the demo: two symbols, three days of klines as history, then two days of trades.
 * What real feeds suffer from happens in turn, every few minutes: the connection ends, messages are
 * left out or come again, a stream falls silent; and, rarely, ids that nobody has and a trade that
 * comes hours late.
 *
 * @param listings the symbols
 * @param lastIds of each symbol
 * @param faults at the exchange
 */
record DemoMarket(List<Listing> listings, Map<String, Long> lastIds, List<PlannedFault> faults) {

    /** When its trades begin, milliseconds since the epoch. */
    static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

    private static final List<String> SYMBOLS = List.of("ALPHAUSDT", "BETAUSDT");
    private static final int HISTORY_MINUTES = 3 * 1440;
    private static final int PLAYED_MINUTES = 2 * 1440;
    private static final int TRADES_PER_MINUTE = 120;

    /** With this one a crisis comes half an hour after the start. */
    private static final long SEED = 2755;

    /** Rows of a symbol after which its flaws come again: eighty minutes. */
    private static final long FLAWS_EVERY = 80 * TRADES_PER_MINUTE;

    /** Rows before the first hole: six minutes. */
    private static final long HOLE_AT = 6 * TRADES_PER_MINUTE;

    /** Rows before the first late trade: nine minutes. */
    private static final long LATE_AT = 9 * TRADES_PER_MINUTE;

    private static final int LOST = 25;
    private static final Duration LATE = Duration.ofHours(3);

    static DemoMarket make() {
        SimulatedMarket simulated =
                new SimulatedMarket(
                        SYMBOLS,
                        START_MS - Duration.ofMinutes(HISTORY_MINUTES).toMillis(),
                        HISTORY_MINUTES + PLAYED_MINUTES,
                        SEED);
        List<Listing> listings = new ArrayList<>();
        Map<String, Long> lastIds = new TreeMap<>();
        long rows = 0;
        for (String symbol : SYMBOLS) {
            KlineSynthesizer synthesizer = simulated.synthesizer(symbol, TRADES_PER_MINUTE);
            Iterator<Bar> bars = simulated.bars(symbol);
            List<Bar> history = new ArrayList<>(HISTORY_MINUTES);
            for (int minute = 0; minute < HISTORY_MINUTES; minute++) {
                history.add(bars.next());
            }
            List<Trade> trades = flawed(synthesizer.trades(bars));
            rows += trades.size();
            lastIds.put(symbol, trades.get(trades.size() - 1).id());
            long endUs = (START_MS + PLAYED_MINUTES * Bar.MINUTE_MS) * 1000;
            listings.add(
                    Listing.of(symbol, trades.iterator())
                            .withHistory(history)
                            .withPeriodEnd(endUs));
        }
        return new DemoMarket(listings, lastIds, script(rows).plan(SEED, rows, SYMBOLS.size()));
    }

    /** The first six ten minutes apart or less, then a dozen an hour of the market. */
    private static FaultScript script(long rows) {
        long hours = PLAYED_MINUTES / 60;
        return FaultScript.parse(
                """
                at=3000 disconnect ending=reset
                at=4500 skip rows=15
                at=6000 disconnect ending=going_away
                at=7500 repeat-tail rows=30
                at=9000 stall scope=stream
                at=11000 disconnect ending=abrupt
                """
                        + (4 * hours + " disconnect ending=* from=2%\n")
                        + (4 * hours + " skip rows=1..20 from=2%\n")
                        + (3 * hours + " repeat-tail rows=5..40 from=2%\n")
                        + (hours + " stall scope=stream from=2%\n"),
                "demo");
    }

    /** In turn ids that never were, and a trade that is three hours late. */
    private static List<Trade> flawed(Iterator<Trade> trades) {
        List<Trade> flawed = new ArrayList<>();
        long row = 0;
        while (trades.hasNext()) {
            Trade trade = trades.next();
            long at = row++ % FLAWS_EVERY;
            boolean lost = at >= HOLE_AT && at < HOLE_AT + LOST;
            if (at == LATE_AT) {
                flawed.add(late(trade));
            } else if (!lost) {
                flawed.add(trade);
            }
        }
        return flawed;
    }

    private static Trade late(Trade trade) {
        return new Trade(
                trade.symbol(),
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.timeUs() - LATE.toNanos() / 1000,
                trade.buyerIsMaker());
    }
}
