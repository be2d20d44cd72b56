package io.microstream.testing;

import io.microstream.market.Bar;
import java.math.BigDecimal;

/**
 * Builds bars for tests: {@code bar("BTCUSDT").minute(3).prices("100", "101", "99",
 * "100.5").volume("12").build()}.
 *
 * <p>Defaults: minute 0, flat at 100, volume 1 of which takers bought half, one trade, final,
 * complete, revision 0.
 */
public final class Bars {

    /** Open time of minute 0: 2024-01-01T00:00:00Z. */
    public static final long START_MS = Trades.T0.toEpochMilli();

    private final String symbol;
    private long minute;
    private String open = "100";
    private String high = "100";
    private String low = "100";
    private String close = "100";
    private String volume = "1";
    private int revision;

    private Bars(String symbol) {
        this.symbol = symbol;
    }

    /** Begins a bar of a symbol with the defaults. */
    public static Bars bar(String symbol) {
        return new Bars(symbol);
    }

    /** Sets the open time, in minutes after {@link #START_MS}. */
    public Bars minute(long value) {
        minute = value;
        return this;
    }

    /** Sets the four prices, plain decimals. */
    public Bars prices(String opens, String highest, String lowest, String closes) {
        open = opens;
        high = highest;
        low = lowest;
        close = closes;
        return this;
    }

    /** Sets all four prices to one. */
    public Bars flat(String price) {
        return prices(price, price, price, price);
    }

    /** Sets the volume, a plain decimal; takers bought half of it. */
    public Bars volume(String value) {
        volume = value;
        return this;
    }

    /** Sets the revision of the bar. */
    public Bars revision(int value) {
        revision = value;
        return this;
    }

    /** Returns the bar; its one trade has the minute's number as its id. */
    public Bar build() {
        BigDecimal all = new BigDecimal(volume);
        BigDecimal bought = all.multiply(new BigDecimal("0.5"));
        BigDecimal price = new BigDecimal(close);
        return new Bar(
                symbol,
                START_MS + minute * Bar.MINUTE_MS,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                price,
                all,
                price.multiply(all),
                bought,
                price.multiply(bought),
                1,
                minute,
                minute,
                true,
                true,
                revision);
    }
}
