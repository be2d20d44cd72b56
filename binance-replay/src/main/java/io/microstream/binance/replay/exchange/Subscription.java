package io.microstream.binance.replay.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A stream that a connection has asked for. */
final class Subscription {

    private static final byte[] END = {'}'};

    final StreamSession session;
    final StreamName name;

    /** Null for a stream that has nothing to carry. */
    final StreamFeed feed;

    private final byte[] envelope;
    private boolean silenced;

    Subscription(StreamSession session, StreamName name, StreamFeed feed) {
        this.session = session;
        this.name = name;
        this.feed = feed;
        this.envelope = ("{\"stream\":\"" + name.text() + "\",\"data\":").getBytes(UTF_8);
    }

    /** A fault keeps everything back until the client asks anew. */
    void silence() {
        silenced = true;
    }

    void unsilence() {
        silenced = false;
    }

    boolean silenced() {
        return silenced;
    }

    /** True if messages go out here. */
    boolean receives() {
        return !silenced && session.live();
    }

    /** True if the market may rely on this subscriber. */
    boolean healthy() {
        return !silenced && session.healthy();
    }

    FrameWriter open(FrameWriter out) {
        out.clear();
        return session.combined() ? out.raw(envelope) : out;
    }

    /** Ends the message that {@link #open} began. */
    FrameWriter close(FrameWriter out) {
        return session.combined() ? out.raw(END) : out;
    }

    void send(FrameWriter out) {
        session.deliver(this, out);
    }
}
