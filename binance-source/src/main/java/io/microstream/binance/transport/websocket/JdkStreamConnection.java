package io.microstream.binance.transport.websocket;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.HttpThreads;
import io.microstream.binance.transport.loop.Timer;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection: hands what the wire brought to the listener on the loop, and the loop's wishes to
 * the wire.
 *
 * <p>Whatever happens on the wire schedules one drain on the loop, unless one is scheduled. A drain
 * reports, in this order: that it opened, at most {@value #FRAMES_A_TURN} frames, and once there
 * are none left, the end. Waking a sleeping loop costs more than a frame does: where turns come
 * less than a millisecond apart the loop looks by itself, half a millisecond later, and is not
 * woken in between. The first to set {@link #ending} decides what the end is; everything that comes
 * later is ignored.
 *
 * <p>Threads: {@link #connect}, {@link #wireOpened}, {@link #frameCame}, {@link #messageCame},
 * {@link #end} and {@link #abort(int, String)} may be called by any, all else by the loop's.
 */
final class JdkStreamConnection implements StreamConnection {

    private static final int FRAMES_A_TURN = 4096;
    private static final long BUSY_NANOS = 1_000_000;
    private static final long PAUSE_NANOS = 500_000;

    private final URI uri;
    private final StreamListener listener;
    private final JdkStreamTransport transport;
    private final EventLoop loop;
    private final StreamLimits limits;
    private final Runnable drain = this::drain;

    private final AtomicReference<ConnectionEnd> ending = new AtomicReference<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicLong lastFrameNanos;
    private volatile WebSocket socket;
    private volatile boolean ready;

    private FrameInbox inbox;
    private long lastTurnNanos;
    private boolean reportedOpened;
    private boolean reportedClosed;
    private boolean closing;
    private boolean sending;
    private final ArrayDeque<String> sends = new ArrayDeque<>();
    private Timer deadline;

    JdkStreamConnection(
            URI uri,
            StreamListener listener,
            JdkStreamTransport transport,
            EventLoop loop,
            StreamLimits limits) {
        this.uri = uri;
        this.listener = listener;
        this.transport = transport;
        this.loop = loop;
        this.limits = limits;
        this.inbox = new FrameInbox(limits.inboxBytes(), limits.messageBytes());
        this.lastFrameNanos = new AtomicLong(loop.nanoTime());
        this.lastTurnNanos = lastFrameNanos.get();
    }

    /** Begins the handshake; {@code over} runs when it is known what became of it. */
    void connect(HttpThreads threads, WireListener wire, Runnable over) {
        try {
            threads.client()
                    .newWebSocketBuilder()
                    .connectTimeout(limits.connectTimeout())
                    .buildAsync(uri, wire)
                    .whenComplete((opened, failure) -> attempted(failure, over));
        } catch (RuntimeException e) {
            attempted(e, over);
        }
    }

    private void attempted(Throwable failure, Runnable over) {
        if (failure == null) {
            ready = true;
            schedule();
        } else {
            end(ConnectFailure.of(failure, uri, limits.connectTimeout()));
        }
        over.run();
    }

    WireListener wire() {
        return new WireListener(this, inbox, limits, transport.clock());
    }

    void wireOpened(WebSocket opened) {
        lastFrameNanos.setRelease(loop.nanoTime());
        socket = opened;
        if (ending.get() != null) {
            opened.abort();
        }
    }

    /** Notes when; false if the connection has ended and what came is of no interest. */
    boolean frameCame() {
        lastFrameNanos.setRelease(loop.nanoTime());
        return ending.get() == null;
    }

    void messageCame(boolean cut) {
        if (cut) {
            transport.countCutMessage();
        }
        schedule();
    }

    void end(int code, String reason) {
        end(new ConnectionEnd(code, reason));
    }

    private void end(ConnectionEnd how) {
        if (ending.compareAndSet(null, how)) {
            schedule();
        }
    }

    /** Ends now, without a close frame. */
    void abort(int code, String reason) {
        end(code, reason);
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            loop.execute(drain);
        }
    }

    private void drain() {
        if (reportedClosed) {
            return;
        }
        ConnectionEnd known = ending.get();
        if (!reportedOpened && hasOpened(known)) {
            reportedOpened = true;
            listener.opened();
        }
        if (!reportedOpened && known == null) {
            rest();
            return;
        }
        int delivered = inbox.deliver(listener, FRAMES_A_TURN);
        if (delivered == FRAMES_A_TURN) {
            loop.execute(drain);
        } else if (known != null) {
            reportClosed(known);
        } else if (isBusy() && delivered > 0) {
            loop.afterNanos(PAUSE_NANOS, drain);
        } else {
            rest();
        }
    }

    /**
     * True once the JDK is done with opening, or has ended after it: what a listener provokes while
     * the JDK is still at it would be handled on the thread that opens.
     */
    private boolean hasOpened(ConnectionEnd known) {
        return socket != null && (ready || known != null);
    }

    /** True if turns follow each other so closely that waking the loop for each costs more. */
    private boolean isBusy() {
        long before = lastTurnNanos;
        lastTurnNanos = loop.nanoTime();
        return lastTurnNanos - before < BUSY_NANOS;
    }

    private void rest() {
        scheduled.set(false);
        boolean more = reportedOpened ? inbox.hasFrames() : ready;
        if (more || ending.get() != null) {
            schedule();
        }
    }

    private void reportClosed(ConnectionEnd how) {
        reportedClosed = true;
        if (deadline != null) {
            deadline.cancel();
        }
        inbox = null;
        socket = null;
        sends.clear();
        transport.forget(this);
        listener.closed(how.code(), how.reason());
    }

    @Override
    public void send(String text) {
        if (!reportedOpened || closing || ending.get() != null) {
            return;
        }
        sends.add(text);
        if (!sending) {
            sendNext();
        }
    }

    private void sendNext() {
        WebSocket open = socket;
        String text = open == null || closing ? null : sends.poll();
        sending = text != null;
        if (sending) {
            open.sendText(text, true)
                    .whenComplete((sent, failure) -> loop.execute(() -> sent(failure)));
        }
    }

    private void sent(Throwable failure) {
        if (failure == null) {
            sendNext();
        } else {
            endLater("Message not sent: detail=" + ConnectFailure.detail(failure) + ".");
        }
    }

    /** Gives the wire time to say itself how it ends. */
    private void endLater(String reason) {
        if (deadline == null && !reportedClosed) {
            deadline =
                    loop.after(limits.closeTimeout(), () -> abort(StreamListener.NO_CODE, reason));
        }
    }

    @Override
    public void close() {
        if (closing || ending.get() != null) {
            return;
        }
        closing = true;
        WebSocket open = socket;
        if (open == null) {
            abort(StreamListener.NO_CODE, "Closed by us before the handshake was done.");
            return;
        }
        sends.clear();
        open.sendClose(WebSocket.NORMAL_CLOSURE, "");
        endLater("Close frame not answered: timeout=" + limits.closeTimeout() + ".");
    }

    @Override
    public void abort() {
        abort(StreamListener.NO_CODE, "Aborted by us.");
    }

    @Override
    public boolean hasWaiting() {
        return inbox != null && inbox.hasFrames();
    }

    @Override
    public long lastFrameNanos() {
        return lastFrameNanos.getAcquire();
    }
}
