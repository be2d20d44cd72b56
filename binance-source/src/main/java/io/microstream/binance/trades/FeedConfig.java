package io.microstream.binance.trades;

import io.microstream.binance.transport.streams.StreamsConfig;
import io.microstream.binance.wire.StreamKind;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Says how the live feed of trades behaves. Times are of the loop's clock.
 *
 * @param kind what is subscribed for each symbol: aggregate or single trades
 * @param streams how streams are carried
 * @param silence how long a stream may be silent before REST is asked whether trading goes on
 * @param grace how long a stream may lag behind what REST has shown before it counts as stalled
 * @param restLag how far REST's own view may lag: a completeness mark ends so long before the
 *     exchange's clock
 * @param heldTrades how many trades of a symbol may wait behind a gap; those beyond are fetched
 *     again
 * @param pollEvery how often REST is asked in place of a stalled stream
 */
public record FeedConfig(
        StreamKind kind,
        StreamsConfig streams,
        Duration silence,
        Duration grace,
        Duration restLag,
        int heldTrades,
        Duration pollEvery)
        implements Serializable {

    /** Aggregate trades from Binance's host for market data. */
    public static final FeedConfig DEFAULT =
            new FeedConfig(
                    StreamKind.AGG_TRADE,
                    StreamsConfig.DEFAULT,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    50_000,
                    Duration.ofSeconds(1));

    public FeedConfig {
        if (!kind.carriesTrades()) {
            throw new IllegalArgumentException(
                    "A feed carries aggregate or single trades: kind=" + kind);
        }
        if (heldTrades < 1) {
            throw new IllegalArgumentException(
                    "A feed holds at least one trade: heldTrades=" + heldTrades);
        }
    }

    private FeedConfig with(StreamKind otherKind, StreamsConfig otherStreams, int held) {
        return new FeedConfig(otherKind, otherStreams, silence, grace, restLag, held, pollEvery);
    }

    /** Returns the same from another host. */
    public FeedConfig at(URI url) {
        return with(kind, streams.at(url), heldTrades);
    }

    /** Returns the same with another kind of trades. */
    public FeedConfig of(StreamKind other) {
        return with(other, streams, heldTrades);
    }

    /** Returns the same with other numbers of streams a connection and of trades held. */
    public FeedConfig sized(int streamsPerConnection, int held) {
        return with(kind, streams.carrying(streamsPerConnection), held);
    }

    /** Returns the same with another age at which connections are replaced. */
    public FeedConfig renewedEvery(Duration age) {
        return with(kind, streams.renewedEvery(age), heldTrades);
    }
}
