package io.microstream.binance.transport.websocket;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * The JDK's side of a connection: takes what comes off the wire into the inbox and returns at once.
 *
 * <p>Demand is opened once and for all. The JDK answers pings, and notices the end, only while
 * there is demand; what bounds the memory is the inbox, whose overflow ends the connection.
 *
 * <p>Called by threads of the HttpClient, one at a time.
 */
final class WireListener implements WebSocket.Listener {

    private static final String NO_CLOSE_FRAME = "Connection ended without a close frame.";

    private final JdkStreamConnection connection;
    private final FrameInbox inbox;
    private final MessageWriter writer;
    private final long capacity;
    private final InstantSource clock;
    private long binaryBytes;

    WireListener(
            JdkStreamConnection connection,
            FrameInbox inbox,
            StreamLimits limits,
            InstantSource clock) {
        this.connection = connection;
        this.inbox = inbox;
        this.writer = new MessageWriter(inbox, limits.messageBytes());
        this.capacity = limits.inboxBytes();
        this.clock = clock;
    }

    @Override
    public void onOpen(WebSocket socket) {
        connection.wireOpened(socket);
        socket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        if (connection.frameCame()) {
            take(data, last);
        }
        return null;
    }

    /** The streams are text; a binary message is handed on as a frame that says so. */
    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        binaryBytes += data.remaining();
        if (connection.frameCame() && last) {
            take("binary message of " + binaryBytes + " bytes", true);
            binaryBytes = 0;
        }
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        connection.frameCame();
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        connection.frameCame();
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        boolean none = code == StreamListener.NO_CODE && reason.isEmpty();
        connection.end(code, none ? NO_CLOSE_FRAME : reason);
        return null;
    }

    /** An InternalError is how the JDK may fail at an end without a close frame. */
    @Override
    public void onError(WebSocket socket, Throwable failure) {
        connection.abort(
                StreamListener.NO_CODE,
                failure instanceof InternalError
                        ? NO_CLOSE_FRAME
                        : "Connection broke: detail=" + ConnectFailure.detail(failure) + ".");
    }

    private void take(CharSequence data, boolean last) {
        if (!writer.write(data, last, clock.millis())) {
            connection.abort(
                    StreamListener.OVERFLOW,
                    "Inbox full: waitingBytes="
                            + inbox.pool().heldBytes()
                            + " capacityBytes="
                            + capacity
                            + ". The loop does not keep up; give it time or raise inboxBytes.");
        } else if (last) {
            connection.messageCame(writer.messageWasCut());
        }
    }
}
