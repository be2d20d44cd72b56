package io.microstream.live.cases;

import io.microstream.market.Trade;
import java.util.List;

/**
 * Where the trades of a case come from: they are not in the database. Implementations know an
 * exchange or files; calls may come from any thread, several at a time.
 */
public interface CaseTrades {

    /** No trades at all, and a case that says so. */
    static CaseTrades none(String reason) {
        return new CaseTrades() {
            @Override
            public String source() {
                return "none";
            }

            @Override
            public List<String> read(String symbol, long fromMs, long toMs, Taker taker)
                    throws TradesUnavailableException {
                throw new TradesUnavailableException(reason);
            }
        };
    }

    /** Takes the trades of a case one after another. */
    @FunctionalInterface
    interface Taker {
        /** False if no more are wanted. */
        boolean take(Trade trade);
    }

    /** Where they are, in a few words: {@code REST of https://…}. */
    String source();

    /**
     * Hands over all trades of a symbol whose time is in a range, ascending by id. More may come
     * than asked for, from before and after; none twice.
     *
     * @param symbol upper case
     * @param fromMs first millisecond
     * @param toMs end, exclusive
     * @return what was asked of whom, a line each
     * @throws TradesUnavailableException if they cannot be had; some may have been handed over
     */
    List<String> read(String symbol, long fromMs, long toMs, Taker taker)
            throws TradesUnavailableException;
}
