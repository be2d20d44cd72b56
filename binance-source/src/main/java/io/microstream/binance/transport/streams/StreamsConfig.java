package io.microstream.binance.transport.streams;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Says how streams are carried. Times are of the loop's clock.
 *
 * @param url scheme, host and port of the streams
 * @param streamsPerConnection streams a connection carries, 1…1024
 * @param frameTimeout a connection without any frame for so long is given up; pings come each 20 s
 * @param renewal age at which a connection is replaced, with overlap; Binance ends it at 24 h
 * @param shortestBackoff the shortest wait before another attempt to connect
 * @param longestBackoff the longest wait before another attempt to connect
 * @param connectsPerFiveMinutes for the whole process; Binance allows 300
 */
public record StreamsConfig(
        URI url,
        int streamsPerConnection,
        Duration frameTimeout,
        Duration renewal,
        Duration shortestBackoff,
        Duration longestBackoff,
        int connectsPerFiveMinutes)
        implements Serializable {

    /** Binance's host for market data alone: no account, no geographic block seen. */
    public static final URI MARKET_DATA = URI.create("wss://data-stream.binance.vision");

    /** The configuration of streams from {@link #MARKET_DATA}. */
    public static final StreamsConfig DEFAULT =
            new StreamsConfig(
                    MARKET_DATA,
                    200,
                    Duration.ofSeconds(45),
                    Duration.ofHours(23),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    100);

    public StreamsConfig {
        if (streamsPerConnection < 1 || streamsPerConnection > 1024) {
            throw new IllegalArgumentException(
                    "A connection carries 1 to 1024 streams: streamsPerConnection="
                            + streamsPerConnection);
        }
        if (connectsPerFiveMinutes < 1 || connectsPerFiveMinutes > 300) {
            throw new IllegalArgumentException(
                    "A process connects 1 to 300 times in five minutes: connectsPerFiveMinutes="
                            + connectsPerFiveMinutes);
        }
    }

    /** Returns the same for another host. */
    public StreamsConfig at(URI host) {
        return new StreamsConfig(
                host,
                streamsPerConnection,
                frameTimeout,
                renewal,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes);
    }

    /** Returns the same with another number of streams a connection. */
    public StreamsConfig carrying(int streams) {
        return new StreamsConfig(
                url,
                streams,
                frameTimeout,
                renewal,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes);
    }

    /** Returns the same with another age at which connections are replaced. */
    public StreamsConfig renewedEvery(Duration age) {
        return new StreamsConfig(
                url,
                streamsPerConnection,
                frameTimeout,
                age,
                shortestBackoff,
                longestBackoff,
                connectsPerFiveMinutes);
    }
}
