package io.microstream.standalone.runtime;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.synthesis.KlineSynthesizer;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The market of the demo: two symbols with almost three days of klines as history, then trades. Six
 * hours of trades lie before the opening, so that there is something to see; two days follow.
 *
 * <p>Faults of real feeds occur every few minutes: connections end, messages are skipped or
 * repeated, streams stall. More rarely there is a gap that cannot be repaired.
 *
 * @param listings of the two symbols
 * @param lastIds last trade id of each symbol
 * @param startRow rows that lie before the opening
 * @param faults that the exchange injects
 */
public record DemoMarket(
        List<Listing> listings,
        Map<String, Long> lastIds,
        long startRow,
        List<PlannedFault> faults) {

    /** Time of the opening, milliseconds since the epoch. */
    private static final long OPENING_MS = Instant.parse("2026-01-05T00:15:00Z").toEpochMilli();

    private static final long OPENING_US = OPENING_MS * 1000;

    private static final List<String> SYMBOLS = List.of("ALPHAUSDT", "BETAUSDT");
    private static final int PAST_MINUTES = 6 * 60;
    private static final int HISTORY_MINUTES = 3 * 1440 + 15 - PAST_MINUTES;
    private static final int PLAYED_MINUTES = PAST_MINUTES + 2 * 1440;
    private static final long START_MS = OPENING_MS - PAST_MINUTES * Bar.MINUTE_MS;
    private static final int TRADES_PER_MINUTE = 120;

    /** With this seed the first anomaly comes a quarter of an hour after the opening. */
    private static final long SEED = 2755;

    /** Rows of a symbol between two rounds of its flaws: eighty minutes. */
    private static final long FLAWS_EVERY = 80 * TRADES_PER_MINUTE;

    /** Rows before the first gap that cannot be repaired: six minutes. */
    private static final long GAP_AT = 6 * TRADES_PER_MINUTE;

    /** The first faults, by rows after the opening. */
    private static final SortedMap<Integer, String> FIRST_FAULTS =
            new TreeMap<>(
                    Map.of(
                            3000, "disconnect, ending: reset",
                            4500, "skip, rows: 15",
                            6000, "disconnect, ending: going_away",
                            7500, "repeat-tail, rows: 30",
                            9000, "stall, scope: stream",
                            11000, "disconnect, ending: abrupt"));

    private static final int GAP_TRADES = 25;

    /** Simulates the market, the same on every call; takes a few seconds. */
    public static DemoMarket simulate() {
        SimulatedMarket simulated =
                new SimulatedMarket(
                        SYMBOLS,
                        START_MS - Duration.ofMinutes(HISTORY_MINUTES).toMillis(),
                        HISTORY_MINUTES + PLAYED_MINUTES,
                        SEED);
        List<Listing> listings = new ArrayList<>();
        Map<String, Long> lastIds = new TreeMap<>();
        long endUs = (START_MS + PLAYED_MINUTES * Bar.MINUTE_MS) * 1000;
        long rows = 0;
        long startRow = 0;
        for (String symbol : SYMBOLS) {
            KlineSynthesizer synthesizer = simulated.synthesizer(symbol, TRADES_PER_MINUTE);
            Iterator<Bar> bars = simulated.bars(symbol);
            List<Bar> history = new ArrayList<>(HISTORY_MINUTES);
            for (int minute = 0; minute < HISTORY_MINUTES; minute++) {
                history.add(bars.next());
            }
            List<Trade> trades = flawed(synthesizer.trades(bars));
            rows += trades.size();
            startRow += trades.stream().takeWhile(trade -> trade.timeUs() < OPENING_US).count();
            lastIds.put(symbol, trades.get(trades.size() - 1).id());
            listings.add(
                    Listing.of(symbol, trades.iterator())
                            .withHistory(history)
                            .withPeriodEnd(endUs));
        }
        FaultScript script = script(startRow);
        return new DemoMarket(listings, lastIds, startRow, script.plan(SEED, rows, SYMBOLS.size()));
    }

    /** Returns the time of the first trades, milliseconds since the epoch. */
    public long startMs() {
        return START_MS;
    }

    /** Returns the time of the opening, milliseconds since the epoch. */
    public long openingMs() {
        return OPENING_MS;
    }

    /** Returns the time at which the trades end, milliseconds since the epoch. */
    public long endMs() {
        return START_MS + PLAYED_MINUTES * Bar.MINUTE_MS;
    }

    /** Returns the script of faults: six within the first hour, then twelve per market hour. */
    private static FaultScript script(long startRow) {
        StringBuilder script = new StringBuilder();
        FIRST_FAULTS.forEach(
                (row, fault) ->
                        script.append("- {at: %d, fault: %s}%n".formatted(startRow + row, fault)));
        long hours = PLAYED_MINUTES / 60;
        return FaultScript.parse(
                script
                        + """
                        - {fault: disconnect, count: %d, from: 8%%}
                        - {fault: skip, count: %d, rows: 1..20, from: 8%%}
                        - {fault: repeat-tail, count: %d, rows: 5..40, from: 8%%}
                        - {fault: stall, count: %d, scope: stream, from: 8%%}
                        """
                                .formatted(4 * hours, 4 * hours, 3 * hours, hours),
                "demo");
    }

    /** Leaves out a range of ids in each round after the opening. */
    private static List<Trade> flawed(Iterator<Trade> trades) {
        List<Trade> flawed = new ArrayList<>();
        long row = 0;
        while (trades.hasNext()) {
            Trade trade = trades.next();
            if (trade.timeUs() < OPENING_US) {
                flawed.add(trade);
                continue;
            }
            long at = row++ % FLAWS_EVERY;
            boolean lost = at >= GAP_AT && at < GAP_AT + GAP_TRADES;
            if (!lost) {
                flawed.add(trade);
            }
        }
        return flawed;
    }
}
