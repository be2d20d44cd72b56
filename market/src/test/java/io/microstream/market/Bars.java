package io.microstream.market;

import java.math.BigDecimal;

/**
 * Builds bars for tests: {@code bar("BTCUSDT").minute(3).prices("100", "101", "99",
 * "100.5").volume("12").build()}.
 *
 * <p>Defaults: minute 0, flat at 100, volume 1 of which takers bought half, one trade, final,
 * complete, revision 0.
 */
final class Bars {

    /** Open time of minute 0: 2024-01-01T00:00:00Z. */
    static final long START_MS = 1_704_067_200_000L;

    private final String symbol;
    private long minute;
    private String open = "100";
    private String high = "100";
    private String low = "100";
    private String close = "100";
    private String volume = "1";
    private String takerBuyVolume = "0.5";
    private long tradeCount = 1;
    private boolean complete = true;
    private int revision;

    private Bars(String symbol) {
        this.symbol = symbol;
    }

    /** Begins a bar of a symbol with the defaults. */
    static Bars bar(String symbol) {
        return new Bars(symbol);
    }

    /** Sets the open time, in minutes after {@link #START_MS}. */
    Bars minute(long value) {
        minute = value;
        return this;
    }

    /** Sets the four prices, plain decimals. */
    Bars prices(String opens, String highest, String lowest, String closes) {
        open = opens;
        high = highest;
        low = lowest;
        close = closes;
        return this;
    }

    /** Makes the bar flat at a price. */
    Bars flat(String price) {
        return prices(price, price, price, price);
    }

    /** Sets the volume; takers bought half of it. */
    Bars volume(String value) {
        volume = value;
        takerBuyVolume = new BigDecimal(value).multiply(new BigDecimal("0.5")).toPlainString();
        return this;
    }

    /** Sets the volume that takers bought; null for unknown. */
    Bars takerBuyVolume(String value) {
        takerBuyVolume = value;
        return this;
    }

    /** Takes the trades away: no volume. */
    Bars empty() {
        tradeCount = 0;
        takerBuyVolume = "0";
        volume = "0";
        return this;
    }

    /** Some trades of the minute may be missing. */
    Bars incomplete() {
        complete = false;
        return this;
    }

    /** Sets the revision of the bar. */
    Bars revision(int value) {
        revision = value;
        return this;
    }

    /** Returns the bar as it stands. */
    Bar build() {
        BigDecimal bought = takerBuyVolume == null ? null : new BigDecimal(takerBuyVolume);
        BigDecimal price = new BigDecimal(close);
        return new Bar(
                symbol,
                START_MS + minute * Bar.MINUTE_MS,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                price,
                new BigDecimal(volume),
                price.multiply(new BigDecimal(volume)),
                bought,
                bought == null ? null : price.multiply(bought),
                tradeCount,
                tradeCount == 0 ? -1 : minute,
                tradeCount == 0 ? -1 : minute + tradeCount - 1,
                true,
                complete,
                revision);
    }
}
