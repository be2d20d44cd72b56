package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.transport.streams.ControlMessages;
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
 * One connection of a shard, from the attempt to open it to its end. It knows its generation; what
 * it hears after it was let go is nobody's business any more.
 */
final class StreamLink implements StreamListener {

    /** Four control messages a second at most; five with the pongs are allowed. */
    private static final Duration PACE = Duration.ofMillis(260);

    /** Hears what becomes of the link. */
    interface Owner {
        void opened(StreamLink link);

        void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs);

        void closed(StreamLink link, int code, String reason);
    }

    final int generation;
    private final FeedParts parts;
    private final Owner owner;
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

    StreamLink(int generation, FeedParts parts, Owner owner) {
        this.generation = generation;
        this.parts = parts;
        this.owner = owner;
    }

    void open(StreamTransport transport, List<String> streams) {
        toSend.addAll(messages.subscribe(streams));
        startedNanos = parts.now();
        parts.counts().connects++;
        connection = transport.open(ControlMessages.url(parts.config().streamUrl()), this);
    }

    boolean isOpen() {
        return open && !over;
    }

    /** True if all that was to be subscribed has been asked for. */
    boolean hasSubscribed() {
        return isOpen() && toSend.isEmpty();
    }

    long ageNanos() {
        return parts.now() - openedNanos;
    }

    /** True if no frame of any kind has come for too long, or the handshake takes too long. */
    boolean isDead() {
        long newest = open ? connection.lastFrameNanos() : startedNanos;
        return !over && parts.now() - newest > parts.config().frameTimeout().toNanos();
    }

    /** The server says that it will end the connection. */
    void announceEnd() {
        leaving = true;
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
     * Notes that the link shows a trade.
     *
     * @return true if it may have come by another link before, as it should, and this one shows it
     *     for the first time
     */
    boolean shows(String symbol, long id) {
        long[] newest = shown.computeIfAbsent(symbol, name -> new long[] {-1});
        boolean first = id > newest[0];
        newest[0] = Math.max(id, newest[0]);
        return first && overlapping;
    }

    boolean hasShown(String symbol) {
        return shown.containsKey(symbol);
    }

    boolean hasShownAll(Set<String> symbols) {
        return shown.keySet().containsAll(symbols);
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
                parts.loop()
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
            openedNanos = parts.now();
            send();
            owner.opened(this);
        }
    }

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedMs) {
        if (!over) {
            owner.frame(this, bytes, from, to, receivedMs);
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
            owner.closed(this, code, reason);
        }
    }

    /** True if it was open when it ended. */
    boolean wasOpen() {
        return open;
    }
}
