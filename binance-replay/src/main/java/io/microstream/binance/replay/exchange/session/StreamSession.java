package io.microstream.binance.replay.exchange.session;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's stream connection. The server hands it what the client sends; it answers through its
 * {@link ClientPort}. One thread, the exchange's.
 */
public final class StreamSession {

    private static final long SWAP_WAIT_NANOS = 1_000_000_000L;

    private final SessionHost host;
    private final ClientPort port;
    private final boolean micro;
    private final PingTracker pings;
    private final RateWindow messages =
            new RateWindow(StreamRules.MESSAGES, StreamRules.MESSAGES_WINDOW);
    private final Map<String, StreamSubscription> subscriptions = new LinkedHashMap<>();
    private final ControlHandler control;
    private final long endOfLife;

    private boolean combined;
    private boolean open = true;
    private boolean halfOpen;
    private boolean pingsStopped;
    private long leavingAt = Long.MAX_VALUE;
    private Injection leavingBy;
    private SwappedMessages swapped;
    private long swappedUntil = Long.MAX_VALUE;
    private byte[] drainPayload;
    private boolean drained;

    StreamSession(
            SessionHost host, ClientPort port, boolean combined, boolean micro, long nowNanos) {
        this.host = host;
        this.port = port;
        this.combined = combined;
        this.micro = micro;
        this.pings = new PingTracker(nowNanos);
        this.endOfLife = nowNanos + StreamRules.LIFE;
        this.control = new ControlHandler(this, host.bareErrors());
    }

    /** Handles a text message of the client. */
    public void onText(String text, long nowNanos) {
        if (listens() && counts(nowNanos)) {
            control.handle(text);
        }
    }

    /** Handles a pong of the client. */
    public void onPong(byte[] payload, long nowNanos) {
        if (listens() && (pings.answersExtra(payload) || counts(nowNanos))) {
            pings.pong(payload);
            drained |= drainPayload != null && pings.isAnswered(drainPayload);
        }
    }

    /** Handles a ping of the client. */
    public void onPing(byte[] payload, long nowNanos) {
        if (listens() && counts(nowNanos)) {
            port.pong(payload);
        }
    }

    /** Handles the end of the connection, whoever ended it. */
    public void onClosed(long nowNanos) {
        end();
    }

    private boolean listens() {
        return open && !halfOpen;
    }

    private boolean counts(long nowNanos) {
        if (messages.admit(nowNanos)) {
            return true;
        }
        close(StreamRules.POLICY, "Too many requests");
        return false;
    }

    /** Does what is due and returns when the next thing is. */
    long tick(long nowNanos) {
        if (!listens()) {
            return Long.MAX_VALUE;
        }
        if (nowNanos >= pings.expiryNanos()) {
            close(StreamRules.POLICY, "Pong timeout");
        } else if (nowNanos >= Math.min(leavingAt, endOfLife)) {
            close(StreamRules.GOING_AWAY, leavingAt <= nowNanos ? "Server shutdown" : "24h");
        }
        if (!open) {
            return Long.MAX_VALUE;
        }
        if (!pingsStopped && pings.due(nowNanos)) {
            port.ping(pings.regular(nowNanos, host.timeUs()));
        }
        if (swapped != null && !host.waits()) {
            endSwapWhenIdle(nowNanos);
        }
        long nextPing = pingsStopped ? Long.MAX_VALUE : pings.nextNanos();
        long nextEnd = Math.min(pings.expiryNanos(), Math.min(leavingAt, endOfLife));
        return Math.min(Math.min(nextPing, nextEnd), swappedUntil);
    }

    private void endSwapWhenIdle(long nowNanos) {
        if (swappedUntil == Long.MAX_VALUE) {
            swappedUntil = nowNanos + SWAP_WAIT_NANOS;
        } else if (nowNanos >= swappedUntil) {
            endSwap();
        }
    }

    public boolean combined() {
        return combined;
    }

    public void combined(boolean wrapped) {
        combined = wrapped;
    }

    public boolean micro() {
        return micro;
    }

    boolean writable() {
        return port.writable();
    }

    boolean live() {
        return open && !halfOpen;
    }

    boolean healthy() {
        return live() && leavingAt == Long.MAX_VALUE;
    }

    /** Returns the fault that announced a shutdown; null unless one did. */
    public Injection leavingBy() {
        return leavingBy;
    }

    public boolean isOpen() {
        return open;
    }

    boolean isHalfOpen() {
        return halfOpen;
    }

    public Collection<StreamSubscription> subscriptions() {
        return subscriptions.values();
    }

    public List<String> streams() {
        return List.copyOf(subscriptions.keySet());
    }

    /** Returns how many streams there would be with these as well. */
    long streamsWith(List<StreamName> more) {
        long fresh =
                more.stream()
                        .map(StreamName::text)
                        .distinct()
                        .filter(text -> !subscriptions.containsKey(text))
                        .count();
        return subscriptions.size() + fresh;
    }

    void subscribe(StreamName name) {
        StreamSubscription old = subscriptions.get(name.text());
        if (old != null && !old.silenced()) {
            return;
        }
        if (old != null) {
            pingsStopped = false;
            detach(old);
        }
        StreamSubscription subscription = new StreamSubscription(this, name, host.feed(name));
        subscriptions.put(name.text(), subscription);
        if (subscription.feed != null) {
            subscription.feed.add(subscription);
            host.subscribed(subscription);
        }
    }

    void unsubscribe(StreamName name) {
        StreamSubscription old = subscriptions.remove(name.text());
        if (old != null) {
            detach(old);
        }
    }

    private static void detach(StreamSubscription subscription) {
        if (subscription.feed != null) {
            subscription.feed.remove(subscription);
        }
    }

    /** Sends a message of a stream. */
    void deliver(StreamSubscription subscription, JsonWriter message) {
        if (swapped == null) {
            port.text(message.bytes(), 0, message.length());
            return;
        }
        swapped.pass(subscription.feed, message.bytes(), message.length());
        swappedUntil = Long.MAX_VALUE;
        if (swapped.isOver()) {
            endSwap();
        }
    }

    public void fragmented(JsonWriter message, int pieces) {
        endSwap();
        port.fragmented(message.bytes(), 0, message.length(), pieces);
    }

    /** Sends a message of no stream. */
    public void send(JsonWriter message) {
        port.text(message.bytes(), 0, message.length());
    }

    public void swap(Injection injection, int rows) {
        endSwap();
        swapped = new SwappedMessages(port, injection, rows);
    }

    /** Returns the fault that swaps messages; null unless one does. */
    public Injection swappedBy() {
        return swapped == null ? null : swapped.injection();
    }

    public void endSwap() {
        if (swapped != null) {
            swapped.flush();
            swapped = null;
            swappedUntil = Long.MAX_VALUE;
        }
    }

    /** Returns true once the client has read all that was sent; asks it by a ping if need be. */
    public boolean drained(long nowNanos) {
        if (drainPayload == null) {
            endSwap();
            drainPayload = pings.extra(nowNanos, host.timeUs());
            port.ping(drainPayload);
        }
        return drained;
    }

    public void stopPings() {
        pingsStopped = true;
    }

    public boolean hasStoppedPings() {
        return pingsStopped;
    }

    public void becomeHalfOpen() {
        halfOpen = true;
        port.stopReading();
    }

    /** Announces that the connection will end. */
    public void shutDown(long atNanos, long timeUs, Injection injection) {
        leavingBy = injection;
        JsonWriter out = new JsonWriter();
        if (combined) {
            out.object().put("stream", "!serverShutdown").name("data");
        }
        out.object().put("e", "serverShutdown").put("E", micro ? timeUs : timeUs / 1_000).end();
        send(combined ? out.end() : out);
        leavingAt = Math.min(leavingAt, atNanos);
    }

    /** Ends the connection in a given way. */
    public void end(Fault.Ending ending) {
        if (!open) {
            return;
        }
        endSwap();
        switch (ending) {
            case RESET -> port.reset();
            case ABRUPT -> port.abrupt();
            default -> port.close(ending.code(), "");
        }
        end();
    }

    /** Resets a connection that no client needs any more. */
    void giveUp() {
        port.reset();
        end();
    }

    void close(int code, String reason) {
        endSwap();
        port.close(code, reason);
        end();
    }

    private void end() {
        if (open) {
            open = false;
            subscriptions.values().forEach(StreamSession::detach);
            host.ended(this);
        }
    }
}
