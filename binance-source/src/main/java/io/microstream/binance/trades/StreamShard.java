package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.Backoff;
import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.binance.transport.websocket.StreamTransport;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The symbols of one connection, through all the connections that carry them one after the other.
 *
 * <p>There is one link, and a second one only while it takes over: at renewal, when the server says
 * that it shuts down, when streams stay silent. The old link is let go when each stream has shown
 * itself on the new one; a stream too quiet for that is joined by REST. A link that ends by itself,
 * the second one too, is replaced after a while that grows with every failure.
 */
final class StreamShard implements StreamLink.Owner {

    /** Hears what a shard cannot decide. */
    interface Owner {
        void frame(
                StreamShard shard,
                StreamLink link,
                byte[] bytes,
                int from,
                int to,
                long receivedMs);

        /** No connection carries the symbol now. */
        void cut(String symbol, String how);

        /** A new connection carries the symbol, perhaps from behind its newest trade on. */
        void joined(String symbol);

        /** The host refuses us for good. */
        void refused(String why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(StreamShard.class);
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    private static final Duration GOOD = Duration.ofSeconds(60);
    private static final Duration YOUNG = Duration.ofSeconds(20);

    private final FeedParts parts;
    private final StreamTransport transport;
    private final ConnectBudget budget;
    private final Owner owner;
    private final Backoff backoff;
    private final long renewalNanos;
    private final Set<String> symbols = new LinkedHashSet<>();
    private final Set<String> silent = new LinkedHashSet<>();
    private StreamLink current;
    private StreamLink successor;
    private Timer connecting;
    private int generations;
    private int failures;
    private boolean closed;

    StreamShard(
            FeedParts parts,
            StreamTransport transport,
            ConnectBudget budget,
            Owner owner,
            RandomGenerator chance) {
        this.parts = parts;
        this.transport = transport;
        this.budget = budget;
        this.owner = owner;
        this.backoff =
                new Backoff(
                        parts.config().shortestBackoff(),
                        parts.config().shortestBackoff().multipliedBy(2),
                        parts.config().longestBackoff(),
                        chance);
        long longest = parts.config().renewal().toNanos();
        // Not all connections of a process at the same moment.
        this.renewalNanos = longest - chance.nextLong(Math.max(1, longest / 50));
    }

    int size() {
        return symbols.size();
    }

    boolean carries(String symbol) {
        return symbols.contains(symbol);
    }

    /** Any symbol of it. */
    String anySymbol() {
        return symbols.isEmpty() ? "*" : symbols.iterator().next();
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

    /** Carries a symbol from now on. */
    void add(String symbol) {
        symbols.add(symbol);
        if (current == null && connecting == null) {
            // At once, but after what is being added in the same breath.
            connecting = parts.loop().afterNanos(0, this::connect);
        } else {
            links().forEach(link -> link.subscribe(streams(List.of(symbol))));
        }
    }

    private List<StreamLink> links() {
        return Stream.of(current, successor).filter(Objects::nonNull).toList();
    }

    private List<String> streams(Collection<String> names) {
        return names.stream().map(parts.config().kind()::streamOf).toList();
    }

    /** Carries a symbol no more; without symbols there is no connection. */
    void remove(String symbol) {
        symbols.remove(symbol);
        silent.remove(symbol);
        if (symbols.isEmpty()) {
            close();
        } else {
            links().forEach(link -> link.unsubscribe(streams(List.of(symbol))));
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
    void resubscribe(String symbol) {
        silent.add(symbol);
    }

    private void resubscribe() {
        if (!silent.isEmpty() && current != null && current.isOpen()) {
            current.unsubscribe(streams(silent));
            current.subscribe(streams(silent));
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
            LOG.info("Connection is being replaced: why={} symbols={}", why, symbols.size());
            parts.counts().renewals++;
            connect();
        }
    }

    private void connect() {
        connecting = null;
        if (closed) {
            return;
        }
        long wait = budget.take(parts.now());
        if (wait > 0) {
            LOG.warn("Connects are rationed: waitMs={}", wait / 1_000_000);
            connecting = parts.loop().afterNanos(wait, this::connect);
            return;
        }
        StreamLink link = new StreamLink(++generations, parts, this);
        if (current == null) {
            current = link;
        } else {
            successor = link;
            current.overlap();
            link.overlap();
        }
        link.open(transport, streams(symbols));
    }

    private void connectLater() {
        if (!closed && connecting == null) {
            connecting = parts.loop().afterNanos(backoff.nanosAfter(++failures), this::connect);
        }
    }

    /** Once a second. */
    void sweep() {
        links().stream().filter(StreamLink::isDead).forEach(StreamLink::abort);
        resubscribe();
        if (current != null && current.isLeaving(renewalNanos)) {
            replace("it ends soon");
        }
        if (successor != null && successor.isOpen()) {
            boolean waited = successor.ageNanos() > OVERLAP.toNanos();
            if (successor.hasSubscribed() && (successor.hasShownAll(symbols) || waited)) {
                takeOver();
            }
        }
    }

    private void takeOver() {
        StreamLink old = current;
        current = successor;
        successor = null;
        for (String symbol : symbols) {
            if (!current.hasShown(symbol)) {
                owner.joined(symbol);
            }
        }
        if (old != null) {
            old.letGo();
        }
    }

    @Override
    public void opened(StreamLink link) {
        LOG.info("Connected: generation={} symbols={}", link.generation, symbols.size());
        if (link == current) {
            symbols.forEach(owner::joined);
        }
    }

    @Override
    public void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs) {
        owner.frame(this, link, bytes, from, to, receivedMs);
    }

    @Override
    public void closed(StreamLink link, int code, String reason) {
        if (link.wasOpen() && link.ageNanos() >= GOOD.toNanos()) {
            failures = 0;
        }
        String how = describe(code, reason);
        LOG.warn("Connection ended: generation={} {}", link.generation, how);
        boolean takingOver = link == successor;
        if (takingOver) {
            successorEnded(link, how);
        } else {
            currentEnded(link, how);
        }
        if (code == StreamListener.OVERFLOW) {
            parts.counts().overflows++;
        }
        if (code == StreamListener.REFUSED && reason.startsWith("HTTP 451")) {
            owner.refused(reason);
        } else if (current == null || takingOver) {
            connectLater();
        }
    }

    /** What it had shown already is cut: the link that it was to follow may be silent. */
    private void successorEnded(StreamLink link, String how) {
        successor = null;
        if (link.wasOpen()) {
            parts.counts().disconnects++;
            symbols.stream()
                    .filter(link::hasShown)
                    .toList()
                    .forEach(symbol -> owner.cut(symbol, how));
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
            parts.counts().disconnects++;
            symbols.forEach(symbol -> owner.cut(symbol, how));
        }
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
