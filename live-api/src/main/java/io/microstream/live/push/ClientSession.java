package io.microstream.live.push;

import io.microstream.live.rest.Problem;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The connection of one client: queues its messages and notices when it does not keep up.
 *
 * <p>Messages wait here as references to shared bytes and go to the socket only as fast as it
 * accepts them, so that a client that does not read costs a window's worth of copies. A client is
 * too slow if a full backlog does not move, or if a ping stays unanswered; the ping is queued
 * behind earlier messages, as kernels may buffer megabytes for a client that reads nothing.
 *
 * <p>{@link #send}, {@link #backlog} and {@link #drop} may be called from any thread; all else runs
 * on the connection's event loop.
 */
final class ClientSession implements Listener {

    /** Codes of this protocol and of RFC 6455. */
    static final short GOING_AWAY = 1001;

    static final short POLICY = 1008;
    static final short SLOW = 4008;
    static final short TOO_MANY_CLIENTS = 4009;

    private static final short CUT = 1006;
    private static final int LONGEST_REASON = 120;
    private static final long ABORT_AFTER_MS = 1_500;

    private final ServerWebSocket socket;
    private final HttpServerConnection connection;
    private final Context context;
    private final PushConfig config;
    private final LongSupplier nanoTime;
    private final AtomicLong backlog = new AtomicLong();

    // The event loop's own.
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final MessageBudget budget;
    private int badMessages;
    private long movedAt;
    private long pingedAt;
    private boolean pongOwed;
    private boolean closing;
    private short dropped;

    /** Takes a socket that has just been accepted on this event loop, and its connection. */
    ClientSession(
            ServerWebSocket socket,
            HttpConnection connection,
            Context context,
            PushConfig config,
            LongSupplier nanoTime) {
        this.socket = socket;
        this.connection = (HttpServerConnection) connection;
        this.context = context;
        this.config = config;
        this.nanoTime = nanoTime;
        this.budget = new MessageBudget(config.clients().messagesPerSecond(), nanoTime.getAsLong());
        this.movedAt = nanoTime.getAsLong();
        this.pingedAt = movedAt;
        socket.drainHandler(drained -> pump());
        socket.pongHandler(pong -> pongOwed = false);
    }

    @Override
    public long backlog() {
        return backlog.get();
    }

    @Override
    public void send(byte[] message) {
        backlog.addAndGet(message.length);
        context.runOnContext(
                go -> {
                    waiting.add(message);
                    pump();
                });
    }

    private void pump() {
        if (closing || socket.isClosed()) {
            waiting.clear();
            return;
        }
        while (!waiting.isEmpty() && !socket.writeQueueFull()) {
            byte[] message = waiting.poll();
            socket.writeFrame(text(message))
                    .onComplete(
                            written -> {
                                backlog.addAndGet(-message.length);
                                movedAt = nanoTime.getAsLong();
                            });
        }
    }

    /** Vert.x has no public text frame of bytes; one of a String would encode them each time. */
    private static WebSocketFrame text(byte[] shared) {
        return new WebSocketFrameImpl(
                WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(shared), true);
    }

    /** Counts a message; returns false and closes the connection if there were too many. */
    boolean admit(int chars) {
        if (chars > config.clients().messageChars()) {
            drop(POLICY, "Message too long: chars=" + chars + ". Send less at once");
            return false;
        }
        if (!budget.take(nanoTime.getAsLong())) {
            drop(
                    POLICY,
                    "Too many messages: limit="
                            + config.clients().messagesPerSecond()
                            + "/s. Send fewer");
            return false;
        }
        return true;
    }

    /** Sends a problem; closes the connection after too many of them. */
    void refuse(Problem problem) {
        send(ServerMessages.problem(problem));
        if (++badMessages > config.clients().badMessages()) {
            drop(POLICY, "Too many bad messages: count=" + badMessages + ". See the problems sent");
        }
    }

    /**
     * Returns how it ended: the code of the side that closed first, or "cut". On the event loop.
     */
    String ending() {
        Short received = socket.closeStatusCode();
        int code = dropped != 0 ? dropped : received == null ? CUT : received;
        return code == CUT ? "cut" : Integer.toString(code);
    }

    /** Pings when it is time, and drops the client if it does not keep up. */
    void check() {
        if (closing) {
            return;
        }
        long now = nanoTime.getAsLong();
        PushConfig.ClientLimits limits = config.clients();
        boolean full = backlog.get() >= config.feed().backlogBytes();
        if (full && now - movedAt > limits.slowAfter().toNanos()) {
            drop(
                    SLOW,
                    "Slow consumer: backlog_bytes="
                            + backlog.get()
                            + " untouched_s="
                            + TimeUnit.NANOSECONDS.toSeconds(now - movedAt));
        } else if (pongOwed && now - pingedAt > limits.pongWithin().toNanos()) {
            drop(
                    SLOW,
                    "Slow consumer: ping_unanswered_s="
                            + TimeUnit.NANOSECONDS.toSeconds(now - pingedAt)
                            + ". Read on, or come back with a cursor");
        } else if (!pongOwed && now - pingedAt >= limits.pingEvery().toNanos()) {
            pongOwed = true;
            pingedAt = now;
            socket.writePing(Buffer.buffer("live"));
        }
    }

    /** Closes with a reason; cuts the connection if the client does not take even that. */
    void drop(short code, String reason) {
        context.runOnContext(
                go -> {
                    if (closing) {
                        return;
                    }
                    closing = true;
                    dropped = code;
                    waiting.clear();
                    String shown =
                            reason.length() > LONGEST_REASON
                                    ? reason.substring(0, LONGEST_REASON)
                                    : reason;
                    socket.close(code, shown);
                    context.owner().setTimer(ABORT_AFTER_MS, late -> abort());
                });
    }

    /**
     * Closes the channel itself: a client that reads nothing does not read a close frame either.
     */
    private void abort() {
        connection.channelHandlerContext().channel().close();
    }
}
