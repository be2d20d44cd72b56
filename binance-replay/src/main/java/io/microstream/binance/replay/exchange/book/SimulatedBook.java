package io.microstream.binance.replay.exchange.book;

import io.microstream.market.Trade;

/**
 * An order book that fits the trades of a market which has none.
 *
 * <p>A trade says where the touch was: a buyer's trade at {@code p} eats the asks below {@code p}
 * and some or all of those at {@code p}, and leaves no bid at {@code p} or above; makers refill
 * near the price. In between they add, change and cancel levels, a few every 100 ms, at distances
 * from the touch that are exponential with a mean of 0.05 % of the price (at least 20 ticks), in
 * quantities around the mean trade's. New levels lie on the tick. After silence of more than two
 * seconds only the last two seconds' changes are made up for.
 *
 * <p>Each change of a level is one update id. Between any two calls the best bid is below the best
 * ask, and no side has more than 200 levels; a side is thin or empty only where no prices are left
 * below. Equal calls with equal seeds give equal books; time that runs backwards stands still.
 * Memory is bounded whatever happens. Single-threaded. Prices and quantities in units of 1e-8.
 */
public final class SimulatedBook implements BookView {

    private static final long STEP_US = 100_000;
    private static final long MOST_STEPS = 20;

    private final PublishedBook book;
    private final MarketMakers makers;
    private long steps = Long.MIN_VALUE;

    /**
     * @param startPrice where the book opens, e.g. the first trade's price
     * @param startUpdateId the opening levels' ids begin above this one
     * @throws IllegalArgumentException unless tick, lot and price are above 0
     */
    public SimulatedBook(
            long tickSize, long lotSize, long startPrice, long startUpdateId, long seed) {
        if (tickSize < 1 || lotSize < 1 || startPrice < 1) {
            throw new IllegalArgumentException(
                    "A book needs tick, lot and price above 0: tickSize="
                            + tickSize
                            + " lotSize="
                            + lotSize
                            + " startPrice="
                            + startPrice);
        }
        book = new PublishedBook(startUpdateId);
        makers = new MarketMakers(book, tickSize, lotSize, seed);
        makers.open(startPrice);
        book.flush(0);
    }

    /** Plays a trade, after what the market makers did until then. */
    public void trade(Trade trade) {
        advance(trade.timeUs());
        makers.traded(trade.buyerIsMaker(), trade.price(), trade.quantity());
    }

    /** Lets the market makers act until {@code timeUs}, microseconds since the epoch. */
    public void advance(long timeUs) {
        long step = Math.floorDiv(timeUs, STEP_US);
        if (steps != Long.MIN_VALUE) {
            for (long i = Math.max(steps, step - MOST_STEPS); i < step; i++) {
                makers.step();
            }
        }
        steps = Math.max(steps, step);
    }

    /**
     * Returns what {@code depth@100ms} publishes at {@code timeUs}: what has changed since the last
     * flush, or null if nothing has. The first change's {@code U} follows the opened book.
     */
    public DepthChange flush(long timeUs) {
        advance(timeUs);
        return book.flush(timeUs);
    }

    /**
     * Returns what {@code bookTicker} publishes: the top if it differs from the last one, else
     * null.
     */
    public TopOfBook newTop() {
        return book.newTop();
    }

    /** Returns the best level of both sides. */
    public TopOfBook top() {
        return book.levels().top();
    }

    @Override
    public long lastUpdateId() {
        return book.levels().lastUpdateId();
    }

    @Override
    public int levels(boolean bids, int limit, LevelVisitor visitor) {
        return book.levels().levels(bids, limit, visitor);
    }

    /**
     * Returns the book as it really was, for the last 1,024 updates; beyond them as {@link
     * BookView} says.
     */
    @Override
    public BookView ago(int updates) {
        BookView then = book.ago(updates);
        return then != null ? then : BookView.super.ago(updates);
    }
}
