package io.microstream.binance.replay.exchange.market;

import java.util.Set;

/** How the market decides when the next trade happens. */
public sealed interface Drive {

    /**
     * By the clock: market time is the first trade's time plus {@code speed} times what has passed
     * since the start. The market does not wait for its subscribers.
     *
     * @param speed market seconds a second, &gt; 0; 1 is the speed at which it happened
     */
    record Paced(double speed) implements Drive {
        public Paced {
            if (!(speed > 0) || Double.isInfinite(speed)) {
                throw new IllegalArgumentException("Speed must be positive: speed=" + speed);
            }
        }
    }

    /**
     * As fast as its subscribers read: a trade happens only while every awaited stream has a
     * subscriber that is not under a fault, and no subscriber is behind. What a run withholds and
     * repeats is then the same in every run.
     *
     * @param awaited names of streams, e.g. {@code btcusdt@aggTrade}
     */
    record Lockstep(Set<String> awaited) implements Drive {
        public Lockstep {
            awaited = Set.copyOf(awaited);
        }
    }
}
