package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;

/**
 * How far the content of an answer deviates from the market.
 *
 * @param higherBy rows start so many ids (or rows) later than asked
 * @param hidden newest trades that the database does not have yet
 * @param staleBy update ids that a depth snapshot lags behind
 */
record Distortion(int higherBy, int hidden, int staleBy) {

    static final Distortion NONE = new Distortion(0, 0, 0);

    /** Returns the distortion of a fault; by one where it names no amount. */
    static Distortion of(Fault.Rest fault) {
        if (fault == null) {
            return NONE;
        }
        int amount = Math.max(1, fault.amount());
        RestTrouble trouble = fault.trouble();
        return new Distortion(
                trouble == RestTrouble.HIGHER_ID ? amount : 0,
                trouble == RestTrouble.DATABASE_LAG ? amount : 0,
                trouble == RestTrouble.STALE_DEPTH ? amount : 0);
    }
}
