package io.microstream.market;

import java.math.BigDecimal;

/**
 * Gathers the trades of one symbol and minute into a {@link Bar}.
 *
 * <p>Order-free: open and close are the prices of the lowest and the highest id, whatever the order
 * of arrival, and two builders of the same minute {@linkplain #merge merge} into the builder of all
 * their trades. Exact: sums are 128-bit integers, so a minute may hold 1e13 base units. Adding a
 * trade twice counts it twice: dropping duplicates is the source's duty.
 *
 * <p>Cost: O(1) and no allocation per trade. A state type: public fields, no-argument constructor,
 * never remove a field.
 */
public final class BarBuilder {

    public long openId;
    public long closeId;
    public long open;
    public long high;
    public long low;
    public long close;
    public ExactSum volume = new ExactSum();
    public ExactSum quoteVolume = new ExactSum();
    public ExactSum takerBuyVolume = new ExactSum();
    public ExactSum takerBuyQuoteVolume = new ExactSum();
    public long tradeCount;
    public long firstTradeId;
    public long lastTradeId;

    /** How many trades (rows of the feed, not single trades) were added. */
    public long rows;

    /** True if ids are known to be missing in this minute, or its edge is not proven. */
    public boolean incomplete;

    /** True once the bar was emitted as final. */
    public boolean emitted;

    /** The revision that the next bar emitted has. */
    public int revision;

    /** Ids between the first and the last trade that are declared to be no trades. */
    public long skippedTrades;

    /** When the newest of the trades was received; 0 if none was, as in recordings. */
    public long receivedAtMs;

    public BarBuilder() {}

    /** Adds a trade of this builder's symbol and minute. */
    public void add(Trade trade) {
        skippedTrades += rows == 0 ? 0 : trade.skippedBefore();
        add(
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.buyerIsMaker());
        receivedAtMs = Math.max(receivedAtMs, trade.receivedAtMs());
    }

    /** Adds a trade given by its fields; units as in {@link Trade}. */
    public void add(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            boolean buyerIsMaker) {
        if (rows == 0) {
            openId = id;
            closeId = id;
            open = price;
            close = price;
            high = price;
            low = price;
            this.firstTradeId = firstTradeId;
            this.lastTradeId = lastTradeId;
        } else {
            extend(id, price, id, price, price, price, firstTradeId, lastTradeId);
        }
        rows++;
        tradeCount += lastTradeId - firstTradeId + 1;
        volume.add(quantity);
        quoteVolume.addProduct(price, quantity);
        if (!buyerIsMaker) {
            takerBuyVolume.add(quantity);
            takerBuyQuoteVolume.addProduct(price, quantity);
        }
    }

    /** Adds all trades of another builder of the same symbol and minute. */
    public void merge(BarBuilder other) {
        incomplete |= other.incomplete;
        skippedTrades += other.skippedTrades;
        receivedAtMs = Math.max(receivedAtMs, other.receivedAtMs);
        if (other.rows == 0) {
            return;
        }
        if (rows == 0) {
            openId = other.openId;
            closeId = other.closeId;
            open = other.open;
            close = other.close;
            high = other.high;
            low = other.low;
            firstTradeId = other.firstTradeId;
            lastTradeId = other.lastTradeId;
        } else {
            extend(
                    other.openId,
                    other.open,
                    other.closeId,
                    other.close,
                    other.high,
                    other.low,
                    other.firstTradeId,
                    other.lastTradeId);
        }
        rows += other.rows;
        tradeCount += other.tradeCount;
        volume.add(other.volume);
        quoteVolume.add(other.quoteVolume);
        takerBuyVolume.add(other.takerBuyVolume);
        takerBuyQuoteVolume.add(other.takerBuyQuoteVolume);
    }

    private void extend(
            long otherOpenId,
            long otherOpen,
            long otherCloseId,
            long otherClose,
            long otherHigh,
            long otherLow,
            long otherFirst,
            long otherLast) {
        if (precedes(otherOpenId, otherFirst, openId, firstTradeId)) {
            openId = otherOpenId;
            open = otherOpen;
        }
        if (!precedes(otherCloseId, otherLast, closeId, lastTradeId)) {
            closeId = otherCloseId;
            close = otherClose;
        }
        high = Math.max(high, otherHigh);
        low = Math.min(low, otherLow);
        firstTradeId = Math.min(firstTradeId, otherFirst);
        lastTradeId = Math.max(lastTradeId, otherLast);
    }

    /**
     * By id; by single-trade id where an aggregate id occurs twice (Binance did that at day
     * borders).
     */
    private static boolean precedes(long id, long tradeId, long otherId, long otherTradeId) {
        return id != otherId ? id < otherId : tradeId < otherTradeId;
    }

    /** True if no trade was added. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** The final bar of the trades added so far; the builder must not be empty. */
    public Bar toBar(String symbol, long openTimeMs) {
        return bar(symbol, openTimeMs, true, revision);
    }

    /** The bar so far of a minute that still runs; the builder must not be empty. */
    public Bar toProvisionalBar(String symbol, long openTimeMs) {
        return bar(symbol, openTimeMs, false, Bar.PROVISIONAL);
    }

    private Bar bar(String symbol, long openTimeMs, boolean isFinal, int itsRevision) {
        return new Bar(
                symbol,
                openTimeMs,
                Decimal8.toBigDecimal(open),
                Decimal8.toBigDecimal(high),
                Decimal8.toBigDecimal(low),
                Decimal8.toBigDecimal(close),
                volume.toBigDecimal(Decimal8.SCALE),
                quote(quoteVolume),
                takerBuyVolume.toBigDecimal(Decimal8.SCALE),
                quote(takerBuyQuoteVolume),
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                isFinal && isComplete(),
                itsRevision,
                receivedAtMs);
    }

    /**
     * Returns whether nothing is known to be missing and the single trades account for every id
     * from the first to the last.
     */
    public boolean isComplete() {
        return !incomplete
                && (rows == 0 || tradeCount + skippedTrades == lastTradeId - firstTradeId + 1);
    }

    /** With eight decimals, as Binance states it, unless the exact sum has more. */
    private static BigDecimal quote(ExactSum sum) {
        BigDecimal exact = sum.toBigDecimal(2 * Decimal8.SCALE).stripTrailingZeros();
        return exact.scale() < Decimal8.SCALE ? exact.setScale(Decimal8.SCALE) : exact;
    }
}
