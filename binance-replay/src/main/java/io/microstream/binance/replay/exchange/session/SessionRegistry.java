package io.microstream.binance.replay.exchange.session;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the open connections and admits new ones. */
public final class SessionRegistry {

    private static final String TOO_MANY =
            new JsonWriter()
                    .object()
                    .put("code", -1034)
                    .put(
                            "msg",
                            "Too many connections; current limit is 300 connections per 5"
                                    + " minutes.")
                    .end()
                    .text();

    private final SessionHost host;
    private final List<StreamSession> sessions = new ArrayList<>();
    private final Map<String, RateWindow> attempts = new HashMap<>();

    public SessionRegistry(SessionHost host) {
        this.host = host;
    }

    public List<StreamSession> sessions() {
        return sessions;
    }

    public Handshake connect(String pathAndQuery, String client, ClientPort port, long nowNanos) {
        RateWindow window =
                attempts.computeIfAbsent(
                        client,
                        name -> new RateWindow(StreamRules.CONNECTS, StreamRules.CONNECTS_WINDOW));
        if (!window.admit(nowNanos)) {
            return new Handshake.Refused(429, TOO_MANY);
        }
        if (pathAndQuery.length() > StreamRules.URL_LENGTH) {
            return new Handshake.Refused(414, "{}");
        }
        StreamTarget target = StreamTarget.read(pathAndQuery);
        if (target == null) {
            return new Handshake.Refused(pathAndQuery.contains("@") ? 400 : 404, "{}");
        }
        StreamSession session =
                new StreamSession(host, port, target.combined(), target.micro(), nowNanos);
        if (session.streamsWith(target.names()) > StreamRules.STREAMS) {
            return new Handshake.Refused(400, "{}");
        }
        sessions.add(session);
        target.names().forEach(session::subscribe);
        return new Handshake.Accepted(session);
    }

    public void ended(StreamSession session) {
        sessions.remove(session);
    }

    /** Resets half-open connections whose streams others carry by now. */
    public void giveUpReplaced() {
        for (StreamSession session : List.copyOf(sessions)) {
            if (session.isHalfOpen()
                    && session.subscriptions().stream()
                            .filter(subscription -> subscription.name.carriesTrades())
                            .allMatch(
                                    subscription ->
                                            subscription.feed == null
                                                    || subscription.feed.carried())) {
                session.giveUp();
            }
        }
    }

    /** Returns true unless a client is behind with reading. */
    public boolean writable() {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).live() && !sessions.get(i).writable()) {
                return false;
            }
        }
        return true;
    }

    /** Does what is due on all connections and returns when the next thing is. */
    public long tick(long nowNanos) {
        long next = Long.MAX_VALUE;
        for (StreamSession session : List.copyOf(sessions)) {
            next = Math.min(next, session.tick(nowNanos));
        }
        return next;
    }
}
