package io.microstream.binance.wire;

import java.util.List;
import java.util.Map;

/**
 * What the exchange says of itself.
 *
 * @param serverTimeUs microseconds since the epoch
 * @param rateLimits as stated; unknown types included
 * @param symbols by name, upper case, in the order of the answer
 */
public record ExchangeInfo(
        long serverTimeUs, List<RateLimit> rateLimits, Map<String, SymbolInfo> symbols) {

    /** {@link #weightPerMinute} where the exchange does not tell. */
    public static final int UNKNOWN = -1;

    /**
     * A limit per address or account.
     *
     * @param type e.g. {@code REQUEST_WEIGHT}
     * @param interval {@code SECOND}, {@code MINUTE}, {@code HOUR} or {@code DAY}
     * @param intervalNum how many of them
     * @param limit what may be used in that time
     */
    public record RateLimit(String type, String interval, int intervalNum, int limit) {}

    /**
     * A symbol.
     *
     * @param symbol upper case
     * @param status {@code TRADING}, {@code BREAK}, {@code HALT}, …; others may be added
     * @param baseAsset e.g. {@code BTC}; empty if not told
     * @param quoteAsset e.g. {@code USDT}; empty if not told
     * @param tickSize step of prices, units of 1e-8; 0 if not told. It can change with time
     * @param stepSize step of quantities, units of 1e-8; 0 if not told
     */
    public record SymbolInfo(
            String symbol,
            String status,
            String baseAsset,
            String quoteAsset,
            long tickSize,
            long stepSize) {

        /** True if trades are to be expected. */
        public boolean isTrading() {
            return status.equals("TRADING");
        }
    }

    /** Weight that one address may use in a minute; {@link #UNKNOWN} if not told. */
    public int weightPerMinute() {
        return rateLimits.stream()
                .filter(limit -> limit.type().equals("REQUEST_WEIGHT"))
                .filter(limit -> limit.interval().equals("MINUTE") && limit.intervalNum() == 1)
                .mapToInt(RateLimit::limit)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
