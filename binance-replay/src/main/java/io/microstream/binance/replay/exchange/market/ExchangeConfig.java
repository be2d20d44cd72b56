package io.microstream.binance.replay.exchange.market;

import java.util.Objects;
import java.util.Set;

/**
 * The pace, limits and port of an exchange.
 *
 * @param drive what moves the market on
 * @param timeFactor how many times faster than real life the rules in seconds are (pings, pong
 *     window, 24 h life, rates, weights); the core itself sees time scaled already, except that a
 *     paced market's speed is per second of real life
 * @param port TCP port on loopback, 0 for any free one
 * @param bareErrors true for errors as documented, {@code {"code":…,"msg":…}}, false for errors as
 *     seen, {@code {"error":{…},"id":…}}
 * @param retainedTrades trades of a symbol that REST remembers, 45 bytes each; 1,000,000 by default
 */
public record ExchangeConfig(
        Drive drive, double timeFactor, int port, boolean bareErrors, int retainedTrades) {

    private static final int RETAINED_TRADES = 1_000_000;

    public ExchangeConfig {
        Objects.requireNonNull(drive, "drive");
        if (!(timeFactor > 0) || retainedTrades < 1) {
            throw new IllegalArgumentException(
                    "Exchange's numbers must be positive: timeFactor="
                            + timeFactor
                            + " retainedTrades="
                            + retainedTrades);
        }
    }

    /** Configures a market that moves with the clock. */
    public static ExchangeConfig paced(double speed) {
        return new ExchangeConfig(new Drive.Paced(speed), 1, 0, false, RETAINED_TRADES);
    }

    /** Configures a market that waits for the subscribers of the awaited streams. */
    public static ExchangeConfig lockstep(Set<String> awaited) {
        return new ExchangeConfig(new Drive.Lockstep(awaited), 1, 0, false, RETAINED_TRADES);
    }

    public ExchangeConfig withTimeFactor(double factor) {
        return new ExchangeConfig(drive, factor, port, bareErrors, retainedTrades);
    }

    public ExchangeConfig withPort(int newPort) {
        return new ExchangeConfig(drive, timeFactor, newPort, bareErrors, retainedTrades);
    }

    public ExchangeConfig withBareErrors() {
        return new ExchangeConfig(drive, timeFactor, port, true, retainedTrades);
    }

    public ExchangeConfig withRetainedTrades(int trades) {
        return new ExchangeConfig(drive, timeFactor, port, bareErrors, trades);
    }
}
