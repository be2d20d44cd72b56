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

    /** Opens a connection to the server; no listener is called until the loop runs. */
    StreamConnection open() {
        return transport.open(server.uri(), recorder);
    }

    /** Returns the server's end of the connection, once the listener knows that it is open. */
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
                throw new AssertionError("not within ten seconds; events=" + recorder.events);
            }
            loop.await(left);
            loop.runDue();
        }
    }

    /** Waits until a call of the listener is posted, and does not run it. */
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
