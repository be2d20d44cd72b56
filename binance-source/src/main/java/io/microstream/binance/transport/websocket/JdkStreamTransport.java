package io.microstream.binance.transport.websocket;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.HttpThreads;
import io.microstream.binance.wire.FrameParser;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * WebSocket connections of the JDK's HttpClient, reported on an event loop.
 *
 * <p>The socket is read at all times, however long the loop is busy: so pings are answered with
 * their payload and the end is noticed. What comes waits, as UTF-8, in an inbox of {@link
 * StreamLimits#inboxBytes} for each connection; if that is full the connection is aborted, what
 * waits is still delivered, and {@link StreamListener#closed} says {@link StreamListener#OVERFLOW}.
 * The loop gets at most 4096 frames of a connection in a turn, so timers and other connections have
 * theirs.
 *
 * <p>Never dropped in silence: a text message longer than {@link StreamLimits#messageBytes} comes
 * as its first 200 bytes and an ellipsis, a binary one as {@code binary message of N bytes}. {@link
 * FrameParser} finds both malformed; the former are counted by {@link #cutMessages}.
 *
 * <p>The end comes once, after all that came before it, also after {@link StreamConnection#abort}:
 * the code of the close frame, 1005 if it has none, {@link StreamListener#NO_CODE} without a frame,
 * or {@link StreamListener#REFUSED} with a reason that starts with {@code HTTP 451} or what the
 * status is. Reasons of ours are one line that says where and what to do.
 *
 * <p>Subscribe after {@link StreamListener#opened}, not by the URL. JDK 17 mixes up the bytes where
 * a server sends much (over 16 KiB) right behind its handshake: one such connection in ten ends
 * with a protocol error, and rarely a garbled message comes before; an end without a close frame as
 * early as that may go unnoticed. Nothing of the kind was seen in streams that begin later; still,
 * watch {@link StreamConnection#lastFrameNanos}.
 *
 * <p>Threads: the selector of the HttpClient for all connections, and up to four for a few seconds
 * where connections are opened, all daemons. {@link #open} and the connections belong to the loop's
 * thread; {@link #close} may be called by any.
 */
public final class JdkStreamTransport implements StreamTransport, AutoCloseable {

    private final EventLoop loop;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final AtomicLong cutMessages = new AtomicLong();
    private final Set<JdkStreamConnection> connections = new HashSet<>();
    private int attempts;
    private boolean closed;
    private HttpThreads http = newThreads();

    private static HttpThreads newThreads() {
        return new HttpThreads("binance-stream", (client, threads) -> client);
    }

    /** Creates a transport with {@link StreamLimits#DEFAULT}. */
    public JdkStreamTransport(EventLoop loop) {
        this(loop, StreamLimits.DEFAULT);
    }

    /** Creates a transport that stamps messages by the system's clock. */
    public JdkStreamTransport(EventLoop loop, StreamLimits limits) {
        this(loop, limits, InstantSource.system());
    }

    /**
     * @param loop where listeners are called; its clock gives {@link
     *     StreamConnection#lastFrameNanos}
     * @param clock says when frames are received; read by threads of the wire
     */
    public JdkStreamTransport(EventLoop loop, StreamLimits limits, InstantSource clock) {
        this.loop = loop;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public StreamConnection open(URI uri, StreamListener listener) {
        JdkStreamConnection connection = new JdkStreamConnection(uri, listener, this, loop, limits);
        HttpThreads threads = begin(connection);
        if (threads == null) {
            connection.end(
                    StreamListener.NO_CODE,
                    "Not opened, the transport is closed: uri=" + uri + ".");
        } else {
            WireListener wire = connection.wire();
            threads.execute(() -> connection.connect(threads, wire, this::attempted));
        }
        return connection;
    }

    private synchronized HttpThreads begin(JdkStreamConnection connection) {
        if (closed) {
            return null;
        }
        if (!http.isUsable()) {
            http.end();
            http = newThreads();
        }
        attempts++;
        connections.add(connection);
        return http;
    }

    private synchronized void attempted() {
        attempts--;
        if (closed && attempts == 0) {
            http.end();
        }
    }

    synchronized void forget(JdkStreamConnection connection) {
        connections.remove(connection);
    }

    InstantSource clock() {
        return clock;
    }

    void countCutMessage() {
        cutMessages.incrementAndGet();
    }

    /** Text messages that were longer than allowed and came cut. */
    public long cutMessages() {
        return cutMessages.get();
    }

    /**
     * Aborts every connection and ends all threads, without waiting for them. A connect that is
     * still under way is let go on to its end or its timeout, then its threads end too.
     */
    @Override
    public void close() {
        for (JdkStreamConnection connection : closing()) {
            connection.abort(StreamListener.NO_CODE, "Ended with its transport.");
        }
        synchronized (this) {
            if (attempts == 0) {
                http.end();
            }
        }
    }

    private synchronized List<JdkStreamConnection> closing() {
        closed = true;
        return new ArrayList<>(connections);
    }
}
