package io.microstream.binance.transport.streams;

import io.microstream.binance.transport.loop.Backoff;
import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.transport.websocket.StreamListener;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one connection, by name, through all the connections that carry them one after the
 * other.
 *
 * <p>There is one link, and a second one only while it takes over: at renewal, when the server says
 * that it shuts down, when streams stay silent. The old link is let go when each stream has shown
 * itself on the new one; a stream with too few events for that is joined by REST. A link that ends
 * by itself, the second one too, is replaced after a while that grows with every failure.
 */
final class StreamShard {

    private static final Logger LOG = LoggerFactory.getLogger(StreamShard.class);
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    private static final Duration GOOD = Duration.ofSeconds(60);
    private static final int MOST_REFUSALS = 3;
    private static final Duration YOUNG = Duration.ofSeconds(20);

    private final StreamConnections pool;
    private final Backoff backoff;
    private final long renewalNanos;
    private final Set<String> streams = new LinkedHashSet<>();
    private final Set<String> silent = new LinkedHashSet<>();
    private StreamLink current;
    private StreamLink successor;
    private Timer connecting;
    private int generations;
    private int failures;
    private boolean closed;
    private boolean everOpened;

    StreamShard(StreamConnections pool, RandomGenerator chance) {
        this.pool = pool;
        StreamsConfig config = pool.config();
        this.backoff =
                new Backoff(
                        config.shortestBackoff(),
                        config.shortestBackoff().multipliedBy(2),
                        config.longestBackoff(),
                        chance);
        long longest = config.renewal().toNanos();
        // Not all connections of a process at the same moment.
        this.renewalNanos = longest - chance.nextLong(Math.max(1, longest / 50));
    }

    int size() {
        return streams.size();
    }

    boolean carries(String stream) {
        return streams.contains(stream);
    }

    Set<String> streams() {
        return streams;
    }

    int openLinks() {
        return (current != null && current.isOpen() ? 1 : 0)
                + (successor != null && successor.isOpen() ? 1 : 0);
    }

    /** True if the link is the one that counts: not a successor yet, nor let go. */
    boolean isCurrent(StreamLink link) {
        return link == current;
    }

    /** True if its links have brought more than has been looked at: silence is our own then. */
    boolean isBehind() {
        return current != null && current.hasWaiting()
                || successor != null && successor.hasWaiting();
    }

    /** Adds a stream to the connection, and opens one if there is none. */
    void add(String stream) {
        streams.add(stream);
        if (current == null && connecting == null) {
            // At once, but after what is being added in the same breath.
            connecting = pool.loop().afterNanos(0, this::connect);
        } else {
            links().forEach(link -> link.subscribe(List.of(stream)));
        }
    }

    private List<StreamLink> links() {
        return Stream.of(current, successor).filter(Objects::nonNull).toList();
    }

    /** Removes a stream, and closes the connection if it was the last. */
    void remove(String stream) {
        streams.remove(stream);
        silent.remove(stream);
        if (streams.isEmpty()) {
            close();
        } else {
            links().forEach(link -> link.unsubscribe(List.of(stream)));
        }
    }

    void close() {
        closed = true;
        if (connecting != null) {
            connecting.cancel();
        }
        links().forEach(StreamLink::letGo);
    }

    /** Subscribes anew, together with all others for which that is asked in the same second. */
    void resubscribe(String stream) {
        silent.add(stream);
    }

    private void resubscribe() {
        if (!silent.isEmpty() && current != null && current.isOpen()) {
            current.unsubscribe(List.copyOf(silent));
            current.subscribe(List.copyOf(silent));
        }
        silent.clear();
    }

    /** Opens another link for a stream that stays silent, unless the present one is a new one. */
    void replaceSilent() {
        if (current == null || !current.isOpen() || current.ageNanos() > YOUNG.toNanos()) {
            replace("stream silent");
        }
    }

    /** Opens a link that takes over from the present one. */
    void replace(String why) {
        if (!closed && successor == null && connecting == null) {
            LOG.info("Connection is being replaced: why={} streams={}", why, streams.size());
            pool.counts().renewals++;
            connect();
        }
    }

    private void connect() {
        connecting = null;
        if (closed) {
            return;
        }
        long wait = pool.budget().take(pool.now());
        if (wait > 0) {
            LOG.warn("Connects are rationed: waitMs={}", wait / 1_000_000);
            connecting = pool.loop().afterNanos(wait, this::connect);
            return;
        }
        StreamLink link = new StreamLink(++generations, pool, this);
        if (current == null) {
            current = link;
        } else {
            successor = link;
            current.overlap();
            link.overlap();
        }
        link.open(pool.transport(), List.copyOf(streams));
    }

    private void connectLater() {
        if (!closed && connecting == null) {
            connecting = pool.loop().afterNanos(backoff.nanosAfter(++failures), this::connect);
        }
    }

    /** Resubscribes, renews and takes over as far as that is due; called once a second. */
    void sweep() {
        links().stream().filter(StreamLink::isDead).forEach(StreamLink::abort);
        resubscribe();
        if (current != null && current.isLeaving(renewalNanos)) {
            replace("it ends soon");
        }
        if (successor != null && successor.isOpen()) {
            boolean waited = successor.ageNanos() > OVERLAP.toNanos();
            if (successor.hasSubscribed() && (successor.hasShownAll(streams) || waited)) {
                takeOver();
            }
        }
    }

    private void takeOver() {
        StreamLink old = current;
        current = successor;
        successor = null;
        for (String stream : streams) {
            if (!current.hasShown(stream)) {
                pool.joined(stream);
            }
        }
        if (old != null) {
            old.letGo();
        }
    }

    void opened(StreamLink link) {
        LOG.info("Connected: generation={} streams={}", link.generation, streams.size());
        pool.counts().waits.over(what());
        if (link == current) {
            streams.forEach(pool::joined);
        }
    }

    void closed(StreamLink link, int code, String reason) {
        if (link.wasOpen() && link.ageNanos() >= GOOD.toNanos()) {
            failures = 0;
        }
        String how = describe(code, reason);
        LOG.warn("Connection ended: generation={} {}", link.generation, how);
        if (!closed && !(link == successor && current != null && current.isOpen())) {
            pool.counts().waits.failed(what(), how, pool.now());
        }
        boolean takingOver = link == successor;
        if (takingOver) {
            successorEnded(link, how);
        } else {
            currentEnded(link, how);
        }
        if (code == StreamListener.OVERFLOW) {
            pool.counts().overflows++;
        }
        everOpened |= link.wasOpen();
        if (code == StreamListener.REFUSED && isDefinite(reason)) {
            pool.refused(reason);
        } else if (current == null || takingOver) {
            connectLater();
        }
    }

    /** What it had shown already is cut: the link that it was to follow may be silent. */
    private void successorEnded(StreamLink link, String how) {
        successor = null;
        if (link.wasOpen()) {
            pool.counts().disconnects++;
            streams.stream()
                    .filter(link::hasShown)
                    .toList()
                    .forEach(stream -> pool.cut(stream, how));
        }
    }

    private void currentEnded(StreamLink link, String how) {
        current = null;
        if (successor != null && successor.isOpen()) {
            takeOver();
            return;
        }
        current = successor;
        successor = null;
        if (link.wasOpen()) {
            pool.counts().disconnects++;
            streams.forEach(stream -> pool.cut(stream, how));
        }
    }

    /** Names the connection among those of the process. */
    private String what() {
        return "the stream of " + String.join(", ", streams.stream().limit(2).toList());
    }

    /**
     * A region that is not served stays so. Another refusal of the URL is definite if it comes
     * again and no connection has ever been made.
     */
    private boolean isDefinite(String reason) {
        return reason.startsWith("HTTP 451")
                || !everOpened
                        && failures >= MOST_REFUSALS
                        && reason.matches("HTTP (400|401|404|405|410)\\b.*");
    }

    private static String describe(int code, String reason) {
        boolean silent = reason == null || reason.isEmpty();
        if (code == StreamListener.NO_CODE) {
            return silent ? "no close frame" : reason;
        }
        String what =
                switch (code) {
                    case StreamListener.OVERFLOW -> "given up, more had come than may wait";
                    case StreamListener.REFUSED -> "refused";
                    default -> "close " + code;
                };
        return silent ? what : what + ": " + reason;
    }
}
