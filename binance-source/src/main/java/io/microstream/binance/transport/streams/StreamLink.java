package io.microstream.binance.transport.streams;

import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.binance.transport.websocket.StreamTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One connection of a shard, from the attempt to open it to its end. What it brings after it was
 * let go is ignored.
 */
public final class StreamLink implements StreamListener {

    /** Four control messages a second at most; five with the pongs are allowed. */
    private static final Duration PACE = Duration.ofMillis(260);

    final int generation;
    private final StreamConnections pool;
    private final StreamShard shard;
    private final ControlMessages messages = new ControlMessages();
    private final Map<String, long[]> shown = new HashMap<>();
    private boolean overlapping;
    private final ArrayDeque<String> toSend = new ArrayDeque<>();
    private StreamConnection connection;
    private Timer sending;
    private long startedNanos;
    private long openedNanos;
    private boolean open;
    private boolean leaving;
    private boolean over;
    private boolean letGo;

    StreamLink(int generation, StreamConnections pool, StreamShard shard) {
        this.generation = generation;
        this.pool = pool;
        this.shard = shard;
    }

    void open(StreamTransport transport, List<String> streams) {
        toSend.addAll(messages.subscribe(streams));
        startedNanos = pool.now();
        pool.counts().connects++;
        connection = transport.open(ControlMessages.url(pool.config().url()), this);
    }

    boolean isOpen() {
        return open && !over;
    }

    /** True if all that was to be subscribed has been asked for. */
    boolean hasSubscribed() {
        return isOpen() && toSend.isEmpty();
    }

    long ageNanos() {
        return pool.now() - openedNanos;
    }

    /** True if no frame of any kind has come for too long, or the handshake takes too long. */
    boolean isDead() {
        long newest = open ? connection.lastFrameNanos() : startedNanos;
        return !over && pool.now() - newest > pool.config().frameTimeout().toNanos();
    }

    /** Returns true if the link is the one that counts: not a successor yet, nor let go. */
    public boolean isCurrent() {
        return shard.isCurrent(this);
    }

    /** Returns the streams that the link carries, or is to carry. */
    public Set<String> streams() {
        return shard.streams();
    }

    /** Replaces the link soon: the server says that it will end the connection. */
    void announceEnd() {
        leaving = true;
        shard.sweep();
    }

    /** True if the connection will end soon, by its age or by the server's word. */
    boolean isLeaving(long renewalNanos) {
        return isOpen() && (leaving || ageNanos() > renewalNanos);
    }

    /** True if it has brought more than has been looked at. */
    boolean hasWaiting() {
        return isOpen() && connection.hasWaiting();
    }

    /** Another link carries the same streams for a while. */
    void overlap() {
        overlapping = true;
    }

    /**
     * Notes that the link shows an event of a stream, by the id that orders the stream.
     *
     * @return true if it may have come by another link before, as it should, and this one shows it
     *     for the first time
     */
    public boolean shows(String stream, long id) {
        long[] newest = shown.computeIfAbsent(stream, name -> new long[] {-1});
        boolean first = id > newest[0];
        newest[0] = Math.max(id, newest[0]);
        return first && overlapping;
    }

    boolean hasShown(String stream) {
        return shown.containsKey(stream);
    }

    boolean hasShownAll(Set<String> streams) {
        return shown.keySet().containsAll(streams);
    }

    void subscribe(List<String> streams) {
        toSend.addAll(messages.subscribe(streams));
        send();
    }

    void unsubscribe(List<String> streams) {
        toSend.addAll(messages.unsubscribe(streams));
        send();
    }

    private void send() {
        if (sending != null || !isOpen() || toSend.isEmpty()) {
            return;
        }
        connection.send(toSend.poll());
        sending =
                pool.loop()
                        .after(
                                PACE,
                                () -> {
                                    sending = null;
                                    send();
                                });
    }

    /** Ends it in good order; its end is no event any more. */
    void letGo() {
        letGo = true;
        connection.close();
    }

    /** Ends it at once; its end is an event. */
    void abort() {
        connection.abort();
    }

    @Override
    public void opened() {
        if (!over) {
            open = true;
            openedNanos = pool.now();
            send();
            shard.opened(this);
        }
    }

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedMs) {
        if (!over) {
            pool.frame(this, bytes, from, to, receivedMs);
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (over) {
            return;
        }
        over = true;
        if (sending != null) {
            sending.cancel();
        }
        if (!letGo) {
            shard.closed(this, code, reason);
        }
    }

    /** True if it was open when it ended. */
    boolean wasOpen() {
        return open;
    }
}
