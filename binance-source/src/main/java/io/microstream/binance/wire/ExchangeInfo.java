package io.microstream.binance.wire;

import java.util.List;
import java.util.Map;

/**
 * Describes the exchange: its time, its limits and its symbols.
 *
 * @param serverTimeUs microseconds since the epoch
 * @param rateLimits as stated; unknown types included
 * @param symbols by name, upper case, in the order of the answer
 */
public record ExchangeInfo(
        long serverTimeUs, List<RateLimit> rateLimits, Map<String, SymbolInfo> symbols) {

    /** The value of {@link #weightPerMinute} if the exchange does not state it. */
    public static final int UNKNOWN = -1;

    /**
     * Describes a limit per address or account.
     *
     * @param type e.g. {@code REQUEST_WEIGHT}
     * @param interval {@code SECOND}, {@code MINUTE}, {@code HOUR} or {@code DAY}
     * @param intervalNum how many such intervals the limit covers
     * @param limit what may be used in that time
     */
    public record RateLimit(String type, String interval, int intervalNum, int limit) {}

    /**
     * Describes a symbol.
     *
     * @param symbol upper case
     * @param status {@code TRADING}, {@code BREAK}, {@code HALT}, …; others may be added
     * @param baseAsset e.g. {@code BTC}; empty if absent
     * @param quoteAsset e.g. {@code USDT}; empty if absent
     * @param tickSize step of prices, units of 1e-8; 0 if absent. It can change with time
     * @param stepSize step of quantities, units of 1e-8; 0 if absent
     */
    public record SymbolInfo(
            String symbol,
            String status,
            String baseAsset,
            String quoteAsset,
            long tickSize,
            long stepSize) {

        /** Returns whether the symbol is trading now. */
        public boolean isTrading() {
            return status.equals("TRADING");
        }
    }

    /** Returns the weight that one address may use in a minute; {@link #UNKNOWN} if absent. */
    public int weightPerMinute() {
        return rateLimits.stream()
                .filter(limit -> limit.type().equals("REQUEST_WEIGHT"))
                .filter(limit -> limit.interval().equals("MINUTE") && limit.intervalNum() == 1)
                .mapToInt(RateLimit::limit)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
