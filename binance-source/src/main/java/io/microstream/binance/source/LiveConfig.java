package io.microstream.binance.source;

import io.microstream.binance.feed.FeedConfig;
import io.microstream.binance.rest.RestConfig;
import java.io.Serializable;

/**
 * The live side of the source.
 *
 * @param feed streams
 * @param rest history
 * @param inboxBytes what may wait of one connection before it is given up
 * @param timeFactor how much faster than real time the exchange's rules run; 1 but for simulated
 *     exchanges
 * @param seed of the jitter
 */
public record LiveConfig(
        FeedConfig feed, RestConfig rest, int inboxBytes, double timeFactor, long seed)
        implements Serializable {

    /** 16 MiB: about a minute of the busiest symbols. */
    public static final int INBOX_BYTES = 16 << 20;

    /** Binance itself. */
    public static LiveConfig binance() {
        return new LiveConfig(
                FeedConfig.DEFAULT, RestConfig.DEFAULT, INBOX_BYTES, 1, 1);
    }
}
