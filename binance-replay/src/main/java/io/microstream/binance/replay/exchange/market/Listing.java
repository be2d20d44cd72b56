package io.microstream.binance.replay.exchange.market;

import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A symbol that an exchange lists, and its trades.
 *
 * @param symbol upper case, e.g. {@code BTCUSDT}
 * @param trades in id order, pulled as the market moves
 * @param history klines from before the first trade, in open-time order
 * @param tickSize smallest price step, units of 1e-8
 * @param lotSize smallest quantity step, units of 1e-8
 * @param periodEndUs end, exclusive, of the period whose trades are all here, microseconds since
 *     the epoch; {@link #OPEN_END} if nothing is known of what comes after the last trade
 */
public record Listing(
        String symbol,
        Iterator<Trade> trades,
        List<Bar> history,
        long tickSize,
        long lotSize,
        long periodEndUs) {

    /** {@link #periodEndUs} of a market that may go on. */
    public static final long OPEN_END = -1;

    private static final long CENT = 1_000_000;
    private static final long LOT = 1_000;

    public Listing {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(trades, "trades");
        history = List.copyOf(history);
        if (tickSize < 1 || lotSize < 1) {
            throw new IllegalArgumentException(
                    "Steps must be positive: symbol="
                            + symbol
                            + " tickSize="
                            + tickSize
                            + " lotSize="
                            + lotSize);
        }
    }

    /** Lists a symbol without history, open at the end, on ticks of 0.01 and lots of 0.00001. */
    public static Listing of(String symbol, Iterator<Trade> trades) {
        return new Listing(symbol, trades, List.of(), CENT, LOT, OPEN_END);
    }

    public Listing withHistory(List<Bar> bars) {
        return new Listing(symbol, trades, bars, tickSize, lotSize, periodEndUs);
    }

    public Listing withSteps(long tick, long lot) {
        return new Listing(symbol, trades, history, tick, lot, periodEndUs);
    }

    public Listing withPeriodEnd(long endUs) {
        return new Listing(symbol, trades, history, tickSize, lotSize, endUs);
    }
}
