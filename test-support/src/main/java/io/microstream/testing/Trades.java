package io.microstream.testing;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Builds trades for tests: {@code
 * trade("BTCUSDT").id(7).at(T0.plusSeconds(59)).price("100").build()}.
 *
 * <p>Defaults: id 1, at {@link #T0}, price 100, quantity 1, one single trade whose id is the
 * aggregate id, the buyer is the taker.
 */
public final class Trades {

    /** The start of a minute: 2024-01-01T00:00:00Z. */
    public static final Instant T0 = Instant.parse("2024-01-01T00:00:00Z");

    private final String symbol;
    private long id = 1;
    private long firstTradeId = -1;
    private long singleTrades = 1;
    private Instant time = T0;
    private String price = "100";
    private String quantity = "1";
    private boolean buyerIsMaker;

    private Trades(String symbol) {
        this.symbol = symbol;
    }

    /** Begins a trade of a symbol with the defaults. */
    public static Trades trade(String symbol) {
        return new Trades(symbol);
    }

    /** Sets the id of the aggregate trade. */
    public Trades id(long value) {
        id = value;
        return this;
    }

    /** Sets the ids of the first and the last single trade. */
    public Trades singleTrades(long first, long last) {
        firstTradeId = first;
        singleTrades = last - first + 1;
        return this;
    }

    /** Sets the time, of which microseconds are kept. */
    public Trades at(Instant value) {
        time = value;
        return this;
    }

    /** Sets the price, a plain decimal. */
    public Trades price(String value) {
        price = value;
        return this;
    }

    /** Sets the price, a whole number. */
    public Trades price(long value) {
        return price(Long.toString(value));
    }

    /** Sets the quantity, a plain decimal. */
    public Trades quantity(String value) {
        quantity = value;
        return this;
    }

    /** Makes the seller the taker of the trade. */
    public Trades sold() {
        buyerIsMaker = true;
        return this;
    }

    /** Returns the trade as it stands. */
    public Trade build() {
        long first = firstTradeId < 0 ? id : firstTradeId;
        return new Trade(
                symbol,
                id,
                Decimal8.of(new BigDecimal(price)),
                Decimal8.of(new BigDecimal(quantity)),
                first,
                first + singleTrades - 1,
                ChronoUnit.MICROS.between(Instant.EPOCH, time),
                buyerIsMaker);
    }
}
