package io.microstream.binance.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransportThreadsTest {

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    @Test
    void closedTransportsLeaveNoThread() throws InterruptedException {
        int seen = 0;
        for (int i = 0; i < 50; i++) {
            try (TransportRig rig = new TransportRig()) {
                rig.open();
                RawPeer peer = rig.server.accept();
                rig.runUntilOpened();
                seen += ours().size();
                rig.transport.close();
                assertThat(peer.awaitGone()).isTrue();
                rig.runUntilEnded();
                assertThat(rig.recorder.last()).isEqualTo("closed 1006 Ended with its transport.");
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(100);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void connectionsThatComeAndGoShareTheirThreads() throws InterruptedException {
        try (TransportRig rig = new TransportRig()) {
            for (int i = 0; i < 50; i++) {
                StreamRecorder recorder = new StreamRecorder();
                StreamConnection connection = rig.transport.open(rig.server.uri(), recorder);
                RawPeer peer = rig.server.accept();
                rig.runUntil(() -> !recorder.events.isEmpty());
                connection.abort();
                assertThat(peer.awaitGone()).isTrue();
                rig.runUntil(recorder::ended);
            }
            assertThat(ours()).hasSizeBetween(2, 9).allMatch(Thread::isDaemon);
        }
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void closeLetsAConnectGoOnToItsTimeout() throws Exception {
        StreamLimits hasty = StreamLimits.DEFAULT.withConnectTimeout(Duration.ofMillis(300));
        try (TransportRig rig = new TransportRig(hasty)) {
            rig.open();
            try (Socket silent = rig.server.acceptSilently()) {
                rig.transport.close();
                rig.runUntilEnded();
                assertThat(rig.recorder.last()).isEqualTo("closed 1006 Ended with its transport.");
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
            rig.loop.runDue();
            assertThat(rig.recorder.events).hasSize(1);
        }
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void closedTransportOpensNothing() {
        try (TransportRig rig = new TransportRig()) {
            rig.transport.close();
            rig.open();
            rig.runUntilEnded();
            assertThat(rig.recorder.events)
                    .containsExactly(
                            "closed 1006 Not opened, the transport is closed: uri="
                                    + rig.server.uri()
                                    + ".");
        }
    }

    private Set<Thread> ours() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(
                thread ->
                        !thread.getName().startsWith("binance-stream-")
                                && !thread.getName().startsWith("HttpClient-"));
        return threads;
    }

    private Set<Thread> leftOver() throws InterruptedException {
        Set<Thread> left = ours();
        for (Thread thread : left) {
            thread.join(5_000);
        }
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }
}
