package io.microstream.binance.source;

import io.microstream.binance.trades.FeedConfig;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.wire.StreamKind;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

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

    private static final int LONGEST_MESSAGE = 4 << 20;
    private static final int BESIDES = 256 << 10;

    /** The longest message that is read whole, bytes. */
    public int messageBytes() {
        return Math.min(LONGEST_MESSAGE, (inboxBytes - BESIDES) / 2);
    }

    /** The same with other memory for what waits of a connection. */
    public LiveConfig withInbox(int bytes) {
        return new LiveConfig(feed, rest, bytes, timeFactor, seed);
    }

    /** The same with other room for trades that wait behind a gap. */
    public LiveConfig holding(int trades) {
        return new LiveConfig(
                feed.sized(feed.streams().streamsPerConnection(), trades),
                rest,
                inboxBytes,
                timeFactor,
                seed);
    }

    /** Returns the configuration of Binance's own hosts. */
    public static LiveConfig binance() {
        return new LiveConfig(FeedConfig.DEFAULT, RestConfig.feed(), INBOX_BYTES, 1, 1);
    }

    /** Returns the configuration of an exchange at other addresses. */
    public static LiveConfig at(URI streams, URI rest, StreamKind kind) {
        return new LiveConfig(
                FeedConfig.DEFAULT.at(streams).of(kind), RestConfig.feed(rest), INBOX_BYTES, 1, 1);
    }

    /** The same, its rules in seconds run faster; the network itself does not. */
    public LiveConfig faster(double factor) {
        long timeoutNanos = (long) (rest.requestTimeout().toNanos() * factor);
        return new LiveConfig(
                feed,
                rest.withRequestTimeout(Duration.ofNanos(timeoutNanos)),
                inboxBytes,
                factor,
                seed);
    }
}
