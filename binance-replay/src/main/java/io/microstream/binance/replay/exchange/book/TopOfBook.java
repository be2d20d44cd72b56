package io.microstream.binance.replay.exchange.book;

/**
 * The best of both sides, as {@code bookTicker} publishes it. Units of 1e-8; price and quantity are
 * 0 where a side is empty.
 *
 * @param updateId the book's update id
 */
public record TopOfBook(
        long updateId, long bidPrice, long bidQuantity, long askPrice, long askQuantity) {

    /** Returns true if prices and quantities are equal, whatever the update id. */
    boolean looksLike(TopOfBook other) {
        return other != null
                && bidPrice == other.bidPrice
                && bidQuantity == other.bidQuantity
                && askPrice == other.askPrice
                && askQuantity == other.askQuantity;
    }
}
