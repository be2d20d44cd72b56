package io.microstream.binance.replay.exchange.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.wire.JsonWriter;

/** A stream that a connection has asked for. */
public final class StreamSubscription {

    private static final byte[] END = {'}'};

    public final StreamSession session;
    public final StreamName name;

    /** Null for a stream that has nothing to carry. */
    public final StreamFeed feed;

    private final byte[] envelope;
    private boolean silenced;

    StreamSubscription(StreamSession session, StreamName name, StreamFeed feed) {
        this.session = session;
        this.name = name;
        this.feed = feed;
        this.envelope = ("{\"stream\":\"" + name.text() + "\",\"data\":").getBytes(UTF_8);
    }

    /** Withholds everything until the client subscribes again. */
    public void silence() {
        silenced = true;
    }

    public void unsilence() {
        silenced = false;
    }

    public boolean silenced() {
        return silenced;
    }

    /** Returns true if messages go out here. */
    public boolean receives() {
        return !silenced && session.live();
    }

    /** Returns true if the market may rely on this subscriber. */
    public boolean healthy() {
        return !silenced && session.healthy();
    }

    public JsonWriter open(JsonWriter out) {
        out.clear();
        return session.combined() ? out.raw(envelope) : out;
    }

    /** Ends the message that {@link #open} began. */
    public JsonWriter close(JsonWriter out) {
        return session.combined() ? out.raw(END) : out;
    }

    public void send(JsonWriter out) {
        session.deliver(this, out);
    }
}
