package io.microstream.market;

import java.util.Objects;

/**
 * A trade as Binance publishes it: the fills of one taker order at one price (an aggregate trade),
 * or a single trade, which is an aggregate of one.
 *
 * <p>Order within a symbol is by {@code id}: consecutive ids are consecutive trades, whereas times
 * repeat and may step back. Source: Binance spot API, {@code aggTrade} and {@code trade} streams.
 *
 * @param symbol upper case, e.g. {@code BTCUSDT}
 * @param id aggregate-trade id, or the trade id where single trades are read; +1 from trade to
 *     trade
 * @param price units of 1e-8, &gt; 0
 * @param quantity units of 1e-8 of the base asset, &gt; 0
 * @param firstTradeId first single trade in the aggregate
 * @param lastTradeId last single trade in the aggregate
 * @param timeUs time of the match, microseconds since the epoch
 * @param buyerIsMaker true if the seller was the aggressor (taker)
 * @param missingBefore how many ids between the previous trade of this symbol and this one are
 *     known to be in no bar, because they are missing or quarantined: 0 in an unbroken feed, {@link
 *     #UNKNOWN} where nothing is known of what came before
 * @param closesMinute true only if the source has proof that no later trade falls into this trade's
 *     minute (the last row of a dump that reaches the end of its day)
 * @param receivedAtMs when this process received it from the exchange, by its own clock; 0 if it
 *     was read from a recording. Not part of what a trade is: two deliveries of one trade are equal
 * @param skippedBefore how many ids right before this one belong to entries that the exchange
 *     declares to be no trades
 */
public record Trade(
        String symbol,
        long id,
        long price,
        long quantity,
        long firstTradeId,
        long lastTradeId,
        long timeUs,
        boolean buyerIsMaker,
        long missingBefore,
        boolean closesMinute,
        long receivedAtMs,
        long skippedBefore)
        implements StreamEvent, TradeView {

    /** {@link #missingBefore} of the first trade of a feed that starts in the middle of things. */
    public static final long UNKNOWN = -1;

    public Trade {
        Objects.requireNonNull(symbol, "symbol");
    }

    /** Creates a trade of a recording: {@code receivedAtMs} is 0. */
    public Trade(
            String symbol,
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker,
            long missingBefore,
            boolean closesMinute) {
        this(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                missingBefore,
                closesMinute,
                0);
    }

    /** Creates a trade before which no entry was skipped. */
    public Trade(
            String symbol,
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker,
            long missingBefore,
            boolean closesMinute,
            long receivedAtMs) {
        this(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                missingBefore,
                closesMinute,
                receivedAtMs,
                0);
    }

    /** A trade of a recording, in an unbroken feed. */
    public Trade(
            String symbol,
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker) {
        this(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                0,
                false);
    }

    /** The number of single trades, Binance's {@code n}. */
    public long tradeCount() {
        return lastTradeId - firstTradeId + 1;
    }

    /** The open time of the minute this trade falls into, milliseconds since the epoch. */
    public long minuteMs() {
        return Bar.minuteOf(timeUs);
    }

    /** The same trade, with {@code missing} ids known to be lost before it. */
    public Trade afterGapOf(long missing) {
        return new Trade(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                missing,
                closesMinute,
                receivedAtMs,
                skippedBefore);
    }

    /** The same trade, proven to be the last of its minute. */
    public Trade asLastOfItsMinute() {
        return new Trade(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                missingBefore,
                true,
                receivedAtMs,
                skippedBefore);
    }

    /** The same trade, received at {@code ms} milliseconds since the epoch. */
    public Trade receivedAt(long ms) {
        return new Trade(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                buyerIsMaker,
                missingBefore,
                closesMinute,
                ms,
                skippedBefore);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Trade other
                && id == other.id
                && price == other.price
                && quantity == other.quantity
                && firstTradeId == other.firstTradeId
                && lastTradeId == other.lastTradeId
                && timeUs == other.timeUs
                && buyerIsMaker == other.buyerIsMaker
                && missingBefore == other.missingBefore
                && closesMinute == other.closesMinute
                && skippedBefore == other.skippedBefore
                && symbol.equals(other.symbol);
    }

    @Override
    public int hashCode() {
        return 31 * symbol.hashCode() + Long.hashCode(id);
    }
}
