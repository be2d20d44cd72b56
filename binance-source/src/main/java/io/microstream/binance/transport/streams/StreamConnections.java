package io.microstream.binance.transport.streams;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.websocket.StreamTransport;
import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import io.microstream.binance.wire.StreamKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries streams of any kind by their names ({@code btcusdt@aggTrade}, {@code
 * btcusdt@depth@100ms}) over as few connections as they need. A subscriber gets the frames of its
 * own streams alone.
 *
 * <p>Everything happens on the thread that drives the loop. {@link #sweep} is to be called once a
 * second.
 */
public final class StreamConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnections.class);

    private final StreamsConfig config;
    private final StreamTransport transport;
    private final EventLoop loop;
    private final ConnectBudget budget;
    private final StreamCounts counts;
    private final RandomGenerator chance;
    private final List<StreamShard> shards = new ArrayList<>();
    private final Map<String, StreamSubscriber> subscribers = new HashMap<>();
    private final FrameParser parser = new FrameParser();
    private StreamNames names = new StreamNames(Map.of());
    private StreamSubscriber sole;
    private String refusal;

    public StreamConnections(
            StreamsConfig config,
            StreamTransport transport,
            EventLoop loop,
            ConnectBudget budget,
            StreamCounts counts,
            RandomGenerator chance) {
        this.config = config;
        this.transport = transport;
        this.loop = loop;
        this.budget = budget;
        this.counts = counts;
        this.chance = chance;
    }

    /**
     * Carries a stream from now on.
     *
     * @throws IllegalArgumentException if somebody has subscribed to it already
     */
    public void subscribe(String stream, StreamSubscriber subscriber) {
        if (subscribers.putIfAbsent(stream, subscriber) != null) {
            throw new IllegalArgumentException("Stream is subscribed already: stream=" + stream);
        }
        subscribersChanged();
        shardWithRoom().add(stream);
    }

    /** Ends the subscription of a stream, and a connection that has no other. */
    public void unsubscribe(String stream) {
        subscribers.remove(stream);
        subscribersChanged();
        shardOf(stream).remove(stream);
        shards.removeIf(shard -> shard.size() == 0);
    }

    /** A sole subscriber needs no look-up: all frames are its own. */
    private void subscribersChanged() {
        List<StreamSubscriber> distinct =
                subscribers.values().stream().distinct().limit(2).toList();
        sole = distinct.size() == 1 ? distinct.get(0) : null;
        names = new StreamNames(sole == null ? subscribers : Map.of());
    }

    private StreamShard shardWithRoom() {
        for (StreamShard shard : shards) {
            if (shard.size() < config.streamsPerConnection()) {
                return shard;
            }
        }
        StreamShard shard = new StreamShard(this, chance);
        shards.add(shard);
        return shard;
    }

    private StreamShard shardOf(String stream) {
        return shards.stream().filter(shard -> shard.carries(stream)).findFirst().orElseThrow();
    }

    /** Looks after the connections; to be called once a second. */
    public void sweep() {
        List.copyOf(shards).forEach(StreamShard::sweep);
        counts.openConnections = shards.stream().mapToInt(StreamShard::openLinks).sum();
    }

    /** Subscribes anew to a stream that stays silent. */
    public void resubscribe(String stream) {
        shardOf(stream).resubscribe(stream);
    }

    /** Replaces the connection of a stream that stays silent, with overlap. */
    public void replaceSilent(String stream) {
        shardOf(stream).replaceSilent();
    }

    /** Returns true if the stream's connection has brought more than has been looked at. */
    public boolean isBehind(String stream) {
        return shardOf(stream).isBehind();
    }

    /** Returns why the host refuses us for good; null as long as it does not. */
    public String refusal() {
        return refusal;
    }

    /**
     * Handles a message that concerns the connection and not a stream.
     *
     * @param message the parser of the frame
     * @return false if the message is none of these
     */
    public boolean handle(StreamLink link, FrameParser message, FrameType type) {
        switch (type) {
            case SERVER_SHUTDOWN -> link.announceEnd();
            case ERROR ->
                    LOG.warn(
                            "Streams refused a message: code={} msg={}",
                            message.errorCode(),
                            message.text());
            case REPLY -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Passes a frame to the subscriber of its stream. */
    void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs) {
        StreamSubscriber subscriber = sole != null ? sole : names.find(bytes, from, to);
        if (subscriber == null) {
            FrameType type = parser.parse(bytes, from, to);
            if (handle(link, parser, type)) {
                return;
            }
            subscriber = subscriberOf(link, type);
        }
        if (subscriber != null) {
            subscriber.frame(link, bytes, from, to, receivedMs);
        }
    }

    /** A frame without its stream's name in front goes by what it is, else to any of the link. */
    private StreamSubscriber subscriberOf(StreamLink link, FrameType type) {
        StreamKind kind =
                switch (type) {
                    case AGG_TRADE -> StreamKind.AGG_TRADE;
                    case TRADE -> StreamKind.TRADE;
                    case KLINE -> StreamKind.KLINE_1M;
                    case DEPTH_UPDATE -> StreamKind.DEPTH;
                    default -> null;
                };
        if (kind != null && parser.symbol() != null) {
            return subscribers.get(kind.streamOf(parser.symbol()));
        }
        return link.streams().stream().map(subscribers::get).findFirst().orElse(null);
    }

    void cut(String stream, String how) {
        subscribers.get(stream).cut(stream, how);
    }

    void joined(String stream) {
        subscribers.get(stream).joined(stream);
    }

    void refused(String why) {
        refusal = why;
    }

    StreamsConfig config() {
        return config;
    }

    StreamTransport transport() {
        return transport;
    }

    EventLoop loop() {
        return loop;
    }

    ConnectBudget budget() {
        return budget;
    }

    StreamCounts counts() {
        return counts;
    }

    long now() {
        return loop.nanoTime();
    }

    /** Ends all connections; nothing more is passed on. */
    @Override
    public void close() {
        shards.forEach(StreamShard::close);
        shards.clear();
    }
}
