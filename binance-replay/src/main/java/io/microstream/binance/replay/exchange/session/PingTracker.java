package io.microstream.binance.replay.exchange.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The pings of a connection and the pongs they wait for. */
final class PingTracker {

    private record Sent(byte[] payload, long nanos, boolean extra) {}

    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private long nextNanos;
    private long lastPayload;

    PingTracker(long nowNanos) {
        nextNanos = nowNanos + StreamRules.PING_EVERY;
    }

    boolean due(long nowNanos) {
        return nowNanos >= nextNanos;
    }

    /** Records the regular ping that is due and returns its payload, a timestamp. */
    byte[] regular(long nowNanos, long timeUs) {
        nextNanos = nowNanos + StreamRules.PING_EVERY;
        return sent(nowNanos, timeUs, false);
    }

    /**
     * Records a ping out of turn and returns its payload, whose pong does not count as a message.
     */
    byte[] extra(long nowNanos, long timeUs) {
        return sent(nowNanos, timeUs, true);
    }

    private byte[] sent(long nowNanos, long timeUs, boolean extra) {
        lastPayload = Math.max(timeUs, lastPayload + 1);
        byte[] payload = Long.toString(lastPayload).getBytes(US_ASCII);
        unanswered.add(new Sent(payload, nowNanos, extra));
        return payload;
    }

    /** Returns true if the pong answers a ping out of turn. */
    boolean answersExtra(byte[] payload) {
        return unanswered.stream()
                .anyMatch(sent -> sent.extra && Arrays.equals(sent.payload, payload));
    }

    /** Handles a pong: it answers the ping of that payload and those before it, or none. */
    void pong(byte[] payload) {
        if (unanswered.stream().anyMatch(sent -> Arrays.equals(sent.payload, payload))) {
            while (!Arrays.equals(unanswered.poll().payload, payload)) {
                continue;
            }
        }
    }

    /**
     * Returns true if a pong has come for a ping or for one after it: a client that finds two pings
     * answers the newer.
     */
    boolean isAnswered(byte[] payload) {
        return unanswered.stream().noneMatch(sent -> Arrays.equals(sent.payload, payload));
    }

    /** Returns when the next ping is due. */
    long nextNanos() {
        return nextNanos;
    }

    /** Returns when the oldest ping without an answer ends the connection. */
    long expiryNanos() {
        return unanswered.isEmpty()
                ? Long.MAX_VALUE
                : unanswered.peek().nanos + StreamRules.PONG_WITHIN;
    }
}
