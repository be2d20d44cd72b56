package io.microstream.binance.replay.exchange.market;

/** The market's time, and what the exchange's clock makes of it. Microseconds since the epoch. */
final class ExchangeClock {

    private static final double MILLION = 1e6;

    private long marketUs;
    private long offsetUs;
    private double driftPpm;
    private long driftsFromUs;

    /** Time of the market: what trade times are measured in. */
    long marketUs() {
        return marketUs;
    }

    /** Moves on; never back. */
    void moveTo(long us) {
        marketUs = Math.max(marketUs, us);
    }

    /** What the exchange believes: {@code E} and serverTime. */
    long timeUs() {
        return driftPpm == 0
                ? marketUs + offsetUs
                : marketUs
                        + offsetUs
                        + Math.round((marketUs - driftsFromUs) * (driftPpm / MILLION));
    }

    /** The clock is off by an offset from now on, and drifts. */
    void disturb(long newOffsetUs, double newDriftPpm) {
        offsetUs = newOffsetUs;
        driftPpm = newDriftPpm;
        driftsFromUs = marketUs;
    }
}
