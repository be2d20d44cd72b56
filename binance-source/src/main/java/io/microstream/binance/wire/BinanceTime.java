package io.microstream.binance.wire;

/**
 * Converts Binance's times, which are milliseconds or microseconds since the epoch: a value above
 * 1e14 is microseconds. A time outside the years 2000 to 2099 is an error.
 */
public final class BinanceTime {

    /** The result for a time outside the years 2000 to 2099. */
    public static final long ABSURD = -1;

    private static final long MICROS_FROM = 100_000_000_000_000L;
    private static final long YEAR_2000_US = 946_684_800_000_000L;
    private static final long YEAR_2100_US = 4_102_444_800_000_000L;

    private BinanceTime() {}

    /** Returns whether the time is in microseconds. */
    public static boolean isMicros(long time) {
        return time > MICROS_FROM;
    }

    /** Returns the time in microseconds since the epoch; {@link #ABSURD} outside 2000 to 2099. */
    public static long toMicros(long time) {
        long micros = isMicros(time) ? time : time * 1_000;
        return micros >= YEAR_2000_US && micros < YEAR_2100_US ? micros : ABSURD;
    }
}
