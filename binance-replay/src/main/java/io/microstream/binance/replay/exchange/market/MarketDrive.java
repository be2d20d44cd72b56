package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.session.SessionRegistry;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Decides when the next trade may happen. */
abstract class MarketDrive {

    static MarketDrive of(
            ExchangeConfig config,
            Map<String, SymbolMarket> markets,
            Function<StreamName, StreamFeed> feeds,
            SessionRegistry sessions) {
        if (config.drive() instanceof Drive.Paced paced) {
            return new ByClock(paced.speed() / config.timeFactor());
        }
        List<Awaited> awaited =
                ((Drive.Lockstep) config.drive())
                        .awaited().stream()
                                .sorted()
                                .map(name -> awaited(name, markets, feeds))
                                .toList();
        return new BySubscribers(awaited, sessions);
    }

    private static Awaited awaited(
            String text,
            Map<String, SymbolMarket> markets,
            Function<StreamName, StreamFeed> feeds) {
        StreamName name = StreamName.read(text);
        StreamFeed feed = name == null ? null : feeds.apply(name);
        if (feed == null) {
            throw new IllegalArgumentException(
                    "Awaited stream does not exist: stream=" + text + ". List its symbol.");
        }
        return new Awaited(markets.get(name.symbol()), feed);
    }

    /** A stream that must have a subscriber before the market moves on. */
    private record Awaited(SymbolMarket market, StreamFeed feed) {}

    /** Returns true if the market waits for its subscribers. */
    abstract boolean waits();

    /** Returns true if a trade of that time may happen. */
    abstract boolean ready(long tradeUs, long nowNanos);

    /** Returns the market time while no trade is due. */
    abstract long marketUs(long lastUs, long nowNanos);

    /** Returns when a market time comes; {@link Long#MAX_VALUE} if the clock does not decide. */
    abstract long dueNanos(long marketUs);

    /** Market time runs with the clock. */
    private static final class ByClock extends MarketDrive {

        private static final double NANOS = 1_000;

        private final double speed;
        private boolean started;
        private long startUs;
        private long startNanos;

        ByClock(double speed) {
            this.speed = speed;
        }

        @Override
        boolean waits() {
            return false;
        }

        @Override
        boolean ready(long tradeUs, long nowNanos) {
            if (!started) {
                started = true;
                startUs = tradeUs;
                startNanos = nowNanos;
            }
            return nowNanos >= dueNanos(tradeUs);
        }

        @Override
        long marketUs(long lastUs, long nowNanos) {
            return Math.max(lastUs, startUs + (long) ((nowNanos - startNanos) / NANOS * speed));
        }

        @Override
        long dueNanos(long marketUs) {
            if (marketUs == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            return startNanos + (long) StrictMath.ceil((marketUs - startUs) * NANOS / speed);
        }
    }

    /** Market time is that of the newest trade. */
    private static final class BySubscribers extends MarketDrive {

        private final Awaited[] awaited;
        private final SessionRegistry sessions;

        BySubscribers(List<Awaited> awaited, SessionRegistry sessions) {
            this.awaited = awaited.toArray(Awaited[]::new);
            this.sessions = sessions;
        }

        @Override
        boolean waits() {
            return true;
        }

        @Override
        boolean ready(long tradeUs, long nowNanos) {
            for (Awaited each : awaited) {
                if (each.market.outage == null && !each.feed.carried()) {
                    return false;
                }
            }
            return sessions.writable();
        }

        @Override
        long marketUs(long lastUs, long nowNanos) {
            return lastUs;
        }

        @Override
        long dueNanos(long marketUs) {
            return Long.MAX_VALUE;
        }
    }
}
