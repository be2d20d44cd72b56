package io.microstream.binance.replay.exchange.rest;

/**
 * How much a client may ask, and what happens to one that asks more.
 *
 * @param weightPerMinute request weight each client may use in a minute of the exchange's loop time
 * @param rawRequestsPerFiveMinutes stated in exchangeInfo; not enforced
 * @param patience how many requests after a 429, before its Retry-After is over, get another 429
 *     before the client is banned
 * @param firstBanSeconds length of a client's first ban; each further one is twice as long
 * @param longestBanSeconds cap of the doubling
 * @param timeFactor how many seconds of the exchange pass in one of the client's: Retry-After is
 *     stated in the client's seconds, rounded up
 */
public record RestLimits(
        int weightPerMinute,
        int rawRequestsPerFiveMinutes,
        int patience,
        long firstBanSeconds,
        long longestBanSeconds,
        double timeFactor) {

    public RestLimits {
        if (weightPerMinute < 1
                || patience < 0
                || firstBanSeconds < 1
                || longestBanSeconds < firstBanSeconds
                || !(timeFactor > 0)) {
            throw new IllegalArgumentException(
                    "REST limits are not possible:"
                            + (" weightPerMinute=" + weightPerMinute)
                            + (" patience=" + patience)
                            + (" firstBanSeconds=" + firstBanSeconds)
                            + (" longestBanSeconds=" + longestBanSeconds)
                            + (" timeFactor=" + timeFactor));
        }
    }

    /** Returns Binance's limits: 6,000 a minute, bans of two minutes to three days. */
    public static RestLimits binance() {
        return new RestLimits(6_000, 300_000, 3, 120, 259_200, 1);
    }

    /** Returns the same limits on a clock that runs {@code factor} times as fast. */
    public RestLimits atTimeFactor(double factor) {
        return new RestLimits(
                weightPerMinute,
                rawRequestsPerFiveMinutes,
                patience,
                firstBanSeconds,
                longestBanSeconds,
                factor);
    }
}
