package io.microstream.binance.transport.websocket;

import io.microstream.binance.transport.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A transport, a server and a loop that runs only when the test says so, on the test's thread. */
final class TransportRig implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    final RawWebSocketServer server = new RawWebSocketServer();
    final EventLoop loop;

    /** What the wall clock shows. */
    volatile long wallMs = 1_767_571_200_000L;

    final StreamRecorder recorder = new StreamRecorder();
    final JdkStreamTransport transport;

    TransportRig() {
        this(StreamLimits.DEFAULT);
    }

    TransportRig(StreamLimits limits) {
        this(limits, System::nanoTime);
    }

    TransportRig(StreamLimits limits, LongSupplier clock) {
        loop = new EventLoop(clock);
        transport = new JdkStreamTransport(loop, limits, () -> Instant.ofEpochMilli(wallMs));
    }

    /** Opens a connection to the server; nothing is told until the loop runs. */
    StreamConnection open() {
        return transport.open(server.uri(), recorder);
    }

    /** The server's end of the connection, once the listener has been told that it is open. */
    RawPeer acceptOpened() {
        RawPeer peer = server.accept();
        runUntilOpened();
        return peer;
    }

    /** Runs the loop until it is so. */
    void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("not within ten seconds; told=" + recorder.events);
            }
            loop.await(left);
            loop.runDue();
        }
    }

    /** Waits until there is something to tell, and does not tell it. */
    void awaitPosted() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!loop.hasPosted() && System.nanoTime() < end) {
            loop.await(end - System.nanoTime());
        }
    }

    void runUntilOpened() {
        runUntil(() -> !recorder.events.isEmpty());
    }

    void runUntilEvents(int count) {
        runUntil(() -> recorder.events.size() >= count);
    }

    void runUntilEnded() {
        runUntil(recorder::ended);
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }
}
