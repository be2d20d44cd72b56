package io.microstream.binance.wire;

/**
 * Binance's times, milliseconds or microseconds since the epoch, told apart by magnitude: more than
 * 1e14 is microseconds. A time outside the years 2000 to 2099 is taken for an error.
 */
public final class BinanceTime {

    /** The result for a time that is neither. */
    public static final long ABSURD = -1;

    private static final long MICROS_FROM = 100_000_000_000_000L;
    private static final long YEAR_2000_US = 946_684_800_000_000L;
    private static final long YEAR_2100_US = 4_102_444_800_000_000L;

    private BinanceTime() {}

    /** True if the time counts microseconds. */
    public static boolean isMicros(long time) {
        return time > MICROS_FROM;
    }

    /** The time in microseconds since the epoch; {@link #ABSURD} outside 2000 to 2099. */
    public static long toMicros(long time) {
        long micros = isMicros(time) ? time : time * 1_000;
        return micros >= YEAR_2000_US && micros < YEAR_2100_US ? micros : ABSURD;
    }
}
