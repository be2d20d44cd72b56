package io.microstream.binance.replay.exchange.rest;

import java.util.Map;

/**
 * Bars of some whole minutes, aligned to midnight in a time zone.
 *
 * @param lengthMs a divisor of a day
 * @param offsetMs what the time zone is ahead of UTC
 */
record KlineInterval(long lengthMs, long offsetMs) {

    private static final long MINUTE = 60_000;
    private static final long EARLIEST_ZONE = -12 * 60;
    private static final long LATEST_ZONE = 14 * 60;

    private static final Map<String, Integer> MINUTES =
            Map.ofEntries(
                    Map.entry("1m", 1),
                    Map.entry("3m", 3),
                    Map.entry("5m", 5),
                    Map.entry("15m", 15),
                    Map.entry("30m", 30),
                    Map.entry("1h", 60),
                    Map.entry("2h", 120),
                    Map.entry("4h", 240),
                    Map.entry("6h", 360),
                    Map.entry("8h", 480),
                    Map.entry("12h", 720),
                    Map.entry("1d", 1440));

    /**
     * Reads the parameters {@code interval} and {@code timeZone}; refuses what is not whole
     * minutes.
     */
    static KlineInterval of(String interval, String timeZone) {
        Integer minutes = MINUTES.get(interval);
        if (minutes == null) {
            throw RestRefusal.badInterval();
        }
        return new KlineInterval(minutes * MINUTE, zoneMinutes(timeZone) * MINUTE);
    }

    private static long zoneMinutes(String zone) {
        if (zone == null) {
            return 0;
        }
        if (!zone.matches("[+-]?[0-9]{1,2}(:[0-5][0-9])?")) {
            throw RestRefusal.invalidValue("timeZone");
        }
        String[] parts = zone.replaceFirst("[+-]", "").split(":");
        long minutes = Long.parseLong(parts[0]) * 60;
        minutes += parts.length > 1 ? Long.parseLong(parts[1]) : 0;
        minutes = zone.startsWith("-") ? -minutes : minutes;
        if (minutes < EARLIEST_ZONE || minutes > LATEST_ZONE) {
            throw RestRefusal.invalidValue("timeZone");
        }
        return minutes;
    }

    /** Returns the open time of the bar that holds a time. */
    long openOf(long timeMs) {
        return Math.floorDiv(timeMs + offsetMs, lengthMs) * lengthMs - offsetMs;
    }

    /** Returns the open time of the first bar that opens at or after a time. */
    long openFrom(long timeMs) {
        long open = openOf(timeMs);
        return open == timeMs ? open : open + lengthMs;
    }
}
