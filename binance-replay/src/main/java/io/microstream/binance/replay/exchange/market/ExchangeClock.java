package io.microstream.binance.replay.exchange.market;

/** The market's time and what the exchange's clock shows. Microseconds since the epoch. */
final class ExchangeClock {

    private static final double MILLION = 1e6;

    private long marketUs;
    private long offsetUs;
    private double driftPpm;
    private long driftsFromUs;

    /** Returns the time of the market, which trade times are measured in. */
    long marketUs() {
        return marketUs;
    }

    /** Moves the market's time forward; an earlier time changes nothing. */
    void moveTo(long us) {
        marketUs = Math.max(marketUs, us);
    }

    /** Returns the time that {@code E} and serverTime state. */
    long timeUs() {
        return driftPpm == 0
                ? marketUs + offsetUs
                : marketUs
                        + offsetUs
                        + Math.round((marketUs - driftsFromUs) * (driftPpm / MILLION));
    }

    /** Sets the clock off by an offset from now on, and lets it drift. */
    void disturb(long newOffsetUs, double newDriftPpm) {
        offsetUs = newOffsetUs;
        driftPpm = newDriftPpm;
        driftsFromUs = marketUs;
    }
}
