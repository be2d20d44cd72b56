package io.microstream.market;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A one-minute bar, equal to Binance's kline to the last digit.
 *
 * <p>An empty minute is flat at the previous close with zero volumes, zero trades and trade ids −1.
 * Where the input lacks a number (klines of six columns) the four quantities after {@code volume}
 * and the trade count are unknown: null, and −1 for the count.
 *
 * @param symbol upper case
 * @param openTimeMs first millisecond of the minute
 * @param open price of the trade with the lowest id
 * @param high highest price
 * @param low lowest price
 * @param close price of the trade with the highest id
 * @param volume base asset
 * @param quoteVolume Σ price · quantity, exact; null if unknown
 * @param takerBuyVolume base asset bought by takers; null if unknown
 * @param takerBuyQuoteVolume the same in the quote asset; null if unknown
 * @param tradeCount single trades; −1 if unknown
 * @param firstTradeId lowest single-trade id; −1 if none or unknown
 * @param lastTradeId highest single-trade id; −1 if none or unknown
 * @param isFinal false while the minute still runs: the bar of the trades so far
 * @param complete true only if every trade of the minute is proven to be in
 * @param revision 0 when first final; +1 each time a late trade changes it; {@link #PROVISIONAL}
 *     while the minute still runs
 * @param receivedAtMs when the last of its trades was received from the exchange, by the clock of
 *     the process that did; 0 if none was, as in recordings. Not part of what a bar is: equal bars
 *     may have been received at different times
 * @param runId {@link BarOrigin#runId} of the run that made it; 0 if none did yet. Not part of what
 *     a bar is
 * @param runFromMs {@link BarOrigin#runFromMs}; not part of what a bar is
 */
public record Bar(
        String symbol,
        long openTimeMs,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume,
        long tradeCount,
        long firstTradeId,
        long lastTradeId,
        boolean isFinal,
        boolean complete,
        int revision,
        long receivedAtMs,
        long runId,
        long runFromMs)
        implements FeedEvent {

    /**
     * {@link #revision} of a bar whose minute still runs, and of all that is derived from it: lower
     * than any final one, so that a final row replaces it and is never replaced by it.
     */
    public static final int PROVISIONAL = -2;

    /** The length of a bar, milliseconds. */
    public static final long MINUTE_MS = 60_000;

    /**
     * Longest pause between two trades, milliseconds, whose minutes have bars without trades. Those
     * of a longer one have none: a symbol that was not listed for a month has no such minutes
     * either, and a single wrong time must not make a million of them.
     */
    public static final long LONGEST_FILLED_PAUSE_MS = 24 * 60 * MINUTE_MS;

    private static final long MINUTE_US = 60_000_000;

    public Bar {
        Objects.requireNonNull(symbol, "symbol");
    }

    /** Creates a bar that no run has made yet. */
    public Bar(
            String symbol,
            long openTimeMs,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            BigDecimal takerBuyVolume,
            BigDecimal takerBuyQuoteVolume,
            long tradeCount,
            long firstTradeId,
            long lastTradeId,
            boolean isFinal,
            boolean complete,
            int revision,
            long receivedAtMs) {
        this(
                symbol,
                openTimeMs,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                complete,
                revision,
                receivedAtMs,
                0,
                0);
    }

    /** Creates a bar of a recording: {@code receivedAtMs} is 0. */
    public Bar(
            String symbol,
            long openTimeMs,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            BigDecimal takerBuyVolume,
            BigDecimal takerBuyQuoteVolume,
            long tradeCount,
            long firstTradeId,
            long lastTradeId,
            boolean isFinal,
            boolean complete,
            int revision) {
        this(
                symbol,
                openTimeMs,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                complete,
                revision,
                0);
    }

    /** The open time, in milliseconds, of the minute that holds {@code timeUs} microseconds. */
    public static long minuteOf(long timeUs) {
        return Math.floorDiv(timeUs, MINUTE_US) * MINUTE_MS;
    }

    /** Last millisecond of the minute, inclusive, as Binance states close times. */
    public long closeTimeMs() {
        return openTimeMs + MINUTE_MS - 1;
    }

    /** True if no trade fell into the minute. */
    public boolean isEmpty() {
        return tradeCount == 0 || (tradeCount < 0 && volume.signum() == 0);
    }

    /** The bar of a minute without trades: flat at the previous close. */
    public static Bar empty(
            String symbol, long openTimeMs, BigDecimal previousClose, boolean complete) {
        BigDecimal none = BigDecimal.ZERO;
        return new Bar(
                symbol,
                openTimeMs,
                previousClose,
                previousClose,
                previousClose,
                previousClose,
                none,
                none,
                none,
                none,
                0,
                -1,
                -1,
                true,
                complete,
                0);
    }

    /** Returns the bar as one that is not proven complete. */
    public Bar asIncomplete() {
        return new Bar(
                symbol,
                openTimeMs,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                false,
                revision,
                receivedAtMs,
                runId,
                runFromMs);
    }

    /** The bar as revision {@code revision}. */
    public Bar withRevision(int newRevision) {
        return new Bar(
                symbol,
                openTimeMs,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                complete,
                newRevision,
                receivedAtMs,
                runId,
                runFromMs);
    }

    /** The bar as made by a run whose first minute of the symbol is {@code newRunFromMs}. */
    public Bar ofRun(long newRunId, long newRunFromMs) {
        return new Bar(
                symbol,
                openTimeMs,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                isFinal,
                complete,
                revision,
                receivedAtMs,
                newRunId,
                newRunFromMs);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Bar other
                && symbol.equals(other.symbol)
                && openTimeMs == other.openTimeMs
                && Objects.equals(open, other.open)
                && Objects.equals(high, other.high)
                && Objects.equals(low, other.low)
                && Objects.equals(close, other.close)
                && Objects.equals(volume, other.volume)
                && Objects.equals(quoteVolume, other.quoteVolume)
                && Objects.equals(takerBuyVolume, other.takerBuyVolume)
                && Objects.equals(takerBuyQuoteVolume, other.takerBuyQuoteVolume)
                && tradeCount == other.tradeCount
                && firstTradeId == other.firstTradeId
                && lastTradeId == other.lastTradeId
                && isFinal == other.isFinal
                && complete == other.complete
                && revision == other.revision;
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, openTimeMs, close, volume, revision);
    }
}
