package io.microstream.live.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rows.DatabasePool;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts WebSockets and pushes committed rows to them, as {@code docs/push.md} describes.
 *
 * <p>Who may connect is decided before, as for every request. A connection's messages are read on
 * its event loop; what they ask for is done by the feed's one thread. Safe for any thread.
 */
public final class WebSocketPush implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketPush.class);
    private static final long CHECK_MS = 500;
    private static final long FAREWELL_MS = 2_000;

    private final Vertx vertx;
    private final PushConfig config;
    private final InstantSource clock;
    private final String version;
    private final ChangeFeed feed;
    private final Poller poller;
    private final LatencyMetrics latencies;
    private final ClientMessages messages;
    private final MeterRegistry meters;
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();

    /** Gets a permit from each client that leaves. */
    private final Semaphore left = new Semaphore(0);

    private volatile boolean stopping;

    /**
     * Starts the polling thread; it reads nothing until a client subscribes.
     *
     * @param database of its own: one connection is enough, and requests must not keep it waiting
     * @param version sent to clients
     */
    public WebSocketPush(
            Vertx vertx,
            DatabasePool database,
            PushConfig config,
            InstantSource clock,
            MeterRegistry meters,
            String version) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.version = version;
        this.meters = meters;
        this.latencies = new LatencyMetrics(meters);
        this.messages = new ClientMessages(config.clients().symbols());
        this.feed = new ChangeFeed(database, config.feed(), clock, latencies);
        this.poller = new Poller(feed, config, meters, this::broadcast);
        meters.gauge("microstream.push.clients", sessions, Set::size);
        poller.start();
    }

    /** Accepts a socket and the connection that carries it; called on its event loop. */
    public void accept(ServerWebSocket socket, HttpConnection connection) {
        Context context = vertx.getOrCreateContext();
        ClientSession session =
                new ClientSession(socket, connection, context, config, System::nanoTime);
        if (stopping) {
            session.drop(ClientSession.GOING_AWAY, "The server stops. Come back with your cursor");
            return;
        }
        if (sessions.size() >= config.clients().most()) {
            count(Integer.toString(ClientSession.TOO_MANY_CLIENTS));
            session.drop(
                    ClientSession.TOO_MANY_CLIENTS,
                    "Too many clients: limit=" + config.clients().most() + ". Come back later");
            return;
        }
        sessions.add(session);
        long checks = vertx.setPeriodic(CHECK_MS, tick -> session.check());
        socket.closeHandler(
                closed -> {
                    vertx.cancelTimer(checks);
                    leave(session);
                });
        socket.exceptionHandler(failure -> broken(session, failure));
        socket.textMessageHandler(text -> receive(session, text));
        socket.binaryMessageHandler(
                bytes -> {
                    if (session.admit(bytes.length())) {
                        session.refuse(
                                Problem.badRequest(
                                        "Binary message: bytes="
                                                + bytes.length()
                                                + ". Send JSON as text"));
                    }
                });
        greet(session);
    }

    private void greet(ClientSession session) {
        session.send(ServerMessages.hello(clock.instant(), version, config.period().toMillis()));
        String away = poller.away();
        if (away != null) {
            session.send(ServerMessages.status(false, away));
        }
    }

    private void receive(ClientSession session, String text) {
        if (!session.admit(text.length())) {
            return;
        }
        try {
            handle(session, messages.parse(text));
        } catch (ProblemException e) {
            session.refuse(e.problem());
        }
    }

    private void handle(ClientSession session, ClientMessage message) {
        if (message instanceof ClientMessage.Subscribe wish) {
            poller.order(() -> subscribe(session, wish));
        } else if (message instanceof ClientMessage.Unsubscribe wish) {
            poller.order(() -> feed.unsubscribe(session, wish.symbols()));
        } else if (message instanceof ClientMessage.Ping ping) {
            session.send(ServerMessages.pong(ping.at(), clock.instant()));
        } else if (message instanceof ClientMessage.Seen seen) {
            latencies.seen(seen.latencyMs());
        }
    }

    private void subscribe(ClientSession session, ClientMessage.Subscribe wish) {
        if (!sessions.contains(session)) {
            return;
        }
        int followed = feed.followed(session, wish.symbols());
        if (followed > config.clients().symbols()) {
            session.send(
                    ServerMessages.problem(
                            Problem.badParameter(
                                    "symbols",
                                    "Too many symbols: symbols="
                                            + followed
                                            + " limit="
                                            + config.clients().symbols()
                                            + ". Unsubscribe from some first")));
            return;
        }
        feed.subscribe(session, wish);
    }

    /** Closes a connection whose messages cannot be decoded; one that was cut is over anyway. */
    private void broken(ClientSession session, Throwable failure) {
        LOG.debug("Connection failed", failure);
        if (failure instanceof DecoderException || failure instanceof IllegalStateException) {
            session.drop(ClientSession.POLICY, "Message too long or malformed. Send less at once");
        }
    }

    private void leave(ClientSession session) {
        if (sessions.remove(session)) {
            left.release();
            count(session.ending());
            poller.order(() -> feed.leave(session));
        }
    }

    private void count(String how) {
        Counter.builder("microstream.push.closed")
                .description("Connections that ended, by close code")
                .tag("code", how)
                .register(meters)
                .increment();
    }

    private void broadcast(byte[] message) {
        sessions.forEach(session -> session.send(message));
    }

    /** Closes all connections and waits a moment until the clients have confirmed it. */
    @Override
    public void close() {
        stopping = true;
        poller.close();
        left.drainPermits();
        int waiting = sessions.size();
        sessions.forEach(
                session ->
                        session.drop(
                                ClientSession.GOING_AWAY,
                                "The server stops. Come back with your cursor"));
        try {
            if (!left.tryAcquire(waiting, FAREWELL_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Clients have not left: remaining={}", sessions.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
