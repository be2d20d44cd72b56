package io.microstream.binance.replay.exchange.history;

import io.microstream.binance.replay.Chance;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;

/** Trades as awkward as they may be: gaps in the ids, times that step back, empty minutes. */
public final class RandomTrades {

    /** A Thursday, 00:00 UTC, in microseconds. */
    public static final long START_US = 1_767_225_600_000_000L;

    private RandomTrades() {}

    /** {@code count} trades, a second apart on average. */
    public static List<Trade> of(String symbol, int count, long seed) {
        Chance chance = new Chance(seed);
        List<Trade> trades = new ArrayList<>();
        long id = 1_000;
        long tradeId = 50_000;
        long timeUs = START_US;
        for (int i = 0; i < count; i++) {
            long singles = 1 + chance.below(5);
            timeUs += chance.below(2_000_000) + (chance.below(100) == 0 ? 200_000_000 : 0);
            long backUs = chance.below(20) == 0 ? chance.below(3_000_000) : 0;
            trades.add(
                    new Trade(
                            symbol,
                            id,
                            6_000_000_000_000L + chance.below(1_000) * 1_000_000,
                            (1 + chance.below(100_000)) * 1_000,
                            tradeId,
                            tradeId + singles - 1,
                            timeUs - backUs,
                            chance.below(2) == 0));
            id += chance.below(50) == 0 ? 1 + chance.below(5) : 1;
            tradeId += singles;
        }
        return trades;
    }
}
