package io.microstream.market;

/**
 * Shows the fields of one trade where they lie: in a frame, a row of a file, a column of a batch.
 * The view may be reused for the next trade, so its values hold only during the call that passes
 * it; who wants to keep a trade copies the fields. Units are those of {@link Trade}.
 */
public interface TradeView {

    /** Returns the id by which trades of the symbol are in order. */
    long id();

    /** Returns the price in units of 1e-8. */
    long price();

    /** Returns the quantity in units of 1e-8 of the base asset. */
    long quantity();

    /** Returns the first single trade inside. */
    long firstTradeId();

    /** Returns the last single trade inside. */
    long lastTradeId();

    /** Returns the time of the match, microseconds since the epoch. */
    long timeUs();

    /** Returns true if the seller was the aggressor. */
    boolean buyerIsMaker();

    /** Returns when the trade was received, milliseconds since the epoch; 0 for a recorded one. */
    default long receivedAtMs() {
        return 0;
    }
}
