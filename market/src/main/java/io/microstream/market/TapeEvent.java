package io.microstream.market;

/**
 * What the tape of a symbol says next: a trade, or proof that there was none. Both travel on one
 * stream, because a proof that overtook a trade, or fell behind one, would be wrong.
 */
public sealed interface TapeEvent permits Trade, Quiet {

    /** Upper case, e.g. {@code BTCUSDT}. */
    String symbol();
}
