package io.microstream.binance.trades;

import io.microstream.binance.wire.StreamKind;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How the live feed behaves. Times are of the loop's clock.
 *
 * @param streamUrl scheme, host and port of the streams
 * @param kind what is subscribed for each symbol: aggregate or single trades
 * @param streamsPerConnection symbols a connection carries, 1…1024
 * @param silence how long a stream may be silent before REST is asked whether trading goes on
 * @param grace how long a stream may lag behind what REST has shown before it counts as stalled
 * @param quietLag how far REST's own view may lag: a proof of quiet ends so long before the
 *     exchange's clock
 * @param frameTimeout a connection without any frame for so long is given up; pings come each 20 s
 * @param renewal age at which a connection is replaced, with overlap; Binance ends it at 24 h
 * @param shortestBackoff before the first attempt to connect again
 * @param longestBackoff before the last ones
 * @param connectsPerFiveMinutes for the whole process; Binance allows 300
 * @param heldTrades how many trades of a symbol may wait behind a gap; those beyond are fetched
 *     again
 * @param pollEvery how often REST is asked in place of a stalled stream
 */
public record FeedConfig(
        URI streamUrl,
        StreamKind kind,
        int streamsPerConnection,
        Duration silence,
        Duration grace,
        Duration quietLag,
        Duration frameTimeout,
        Duration renewal,
        Duration shortestBackoff,
        Duration longestBackoff,
        int connectsPerFiveMinutes,
        int heldTrades,
        Duration pollEvery)
        implements Serializable {

    /** Binance's host for market data alone: no account, no geographic block seen. */
    public static final URI MARKET_DATA = URI.create("wss://data-stream.binance.vision");

    /** Aggregate trades from {@link #MARKET_DATA}. */
    public static final FeedConfig DEFAULT =
            new FeedConfig(
                    MARKET_DATA,
                    StreamKind.AGG_TRADE,
                    200,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(45),
                    Duration.ofHours(23),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    100,
                    50_000,
                    Duration.ofSeconds(1));

    public FeedConfig {
        if (!kind.carriesTrades() || streamsPerConnection < 1 || streamsPerConnection > 1024) {
            throw new IllegalArgumentException(
                    "A feed carries aggregate or single trades, 1 to 1024 streams a connection:"
                            + " kind="
                            + kind
                            + " streamsPerConnection="
                            + streamsPerConnection);
        }
        if (heldTrades < 1 || connectsPerFiveMinutes < 1 || connectsPerFiveMinutes > 300) {
            throw new IllegalArgumentException(
                    "A feed holds at least one trade and connects 1 to 300 times in five minutes:"
                            + " heldTrades="
                            + heldTrades
                            + " connectsPerFiveMinutes="
                            + connectsPerFiveMinutes);
        }
    }

    /** The same from another host. */
    public FeedConfig at(URI url) {
        return new FeedConfig(
                url,
                kind,
                streamsPerConnection,
                silence,
                grace,
                quietLag,
                frameTimeout,
                renewal,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes,
                heldTrades,
                pollEvery);
    }

    /** Returns the same with another kind of trades. */
    public FeedConfig of(StreamKind other) {
        return new FeedConfig(
                streamUrl,
                other,
                streamsPerConnection,
                silence,
                grace,
                quietLag,
                frameTimeout,
                renewal,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes,
                heldTrades,
                pollEvery);
    }

    /** The same with other numbers of symbols a connection and of trades held. */
    public FeedConfig sized(int streams, int held) {
        return new FeedConfig(
                streamUrl,
                kind,
                streams,
                silence,
                grace,
                quietLag,
                frameTimeout,
                renewal,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes,
                held,
                pollEvery);
    }

    /** The same with another age at which connections are replaced. */
    public FeedConfig renewedEvery(Duration age) {
        return new FeedConfig(
                streamUrl,
                kind,
                streamsPerConnection,
                silence,
                grace,
                quietLag,
                frameTimeout,
                age,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes,
                heldTrades,
                pollEvery);
    }
}
