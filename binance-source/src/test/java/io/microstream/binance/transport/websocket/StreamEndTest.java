package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How connections end that we end, or that never open. */
class StreamEndTest {

    private static final StreamLimits HASTY =
            new StreamLimits(Duration.ofMillis(300), Duration.ofMillis(100), 16 << 20, 4 << 20);

    @Test
    void closeSendsAFrameAndDeliversWhatComesBeforeTheAnswer() {
        try (TransportRig rig = new TransportRig()) {
            StreamConnection connection = rig.open();
            RawPeer peer = rig.acceptOpened();
            connection.close();
            connection.close();
            connection.send("too late");
            assertThat(peer.receive().closeCode()).isEqualTo(1000);
            peer.text("overlap");
            peer.closeFrame(1000, "");
            rig.runUntilEnded();
            connection.abort();
            connection.close();
            rig.loop.runDue();
            assertThat(peer.awaitGone()).isTrue();
            assertThat(rig.recorder.events).containsExactly("opened", "overlap", "closed 1000 ");
        }
    }

    @Test
    void closeThatIsNotAnsweredBecomesAnAbort() {
        try (TransportRig rig = new TransportRig(HASTY)) {
            StreamConnection connection = rig.open();
            RawPeer peer = rig.acceptOpened();
            connection.close();
            rig.runUntilEnded();
            assertThat(peer.receive().closeCode()).isEqualTo(1000);
            assertThat(peer.awaitGone()).isTrue();
            assertThat(rig.recorder.events)
                    .containsExactly(
                            "opened", "closed 1006 Close frame not answered: timeout=PT0.1S.");
        }
    }

    @Test
    void abortDeliversWhatHadComeThenEndsWithoutAFrame() {
        try (TransportRig rig = new TransportRig()) {
            StreamConnection connection = rig.open();
            RawPeer peer = rig.acceptOpened();
            peer.text("one");
            peer.frame(true, RawPeer.PING, "p".getBytes(UTF_8));
            peer.receive();
            connection.abort();
            connection.abort();
            assertThat(peer.awaitGone()).isTrue();
            assertThat(rig.recorder.events).containsExactly("opened");
            rig.runUntilEnded();
            rig.loop.runDue();
            assertThat(rig.recorder.events)
                    .containsExactly("opened", "one", "closed 1006 Aborted by us.");
        }
    }

    @Test
    void abortWithinAFrameStillEndsOnceAndLast() {
        try (TransportRig rig = new TransportRig()) {
            StreamConnection connection = rig.open();
            rig.recorder.onFrame(connection::abort);
            RawPeer peer = rig.acceptOpened();
            peer.text("one");
            rig.runUntilEnded();
            assertThat(peer.awaitGone()).isTrue();
            assertThat(rig.recorder.events)
                    .containsExactly("opened", "one", "closed 1006 Aborted by us.");
        }
    }

    @Test
    void connectionClosedBeforeItOpenedNeverOpens() {
        try (TransportRig rig = new TransportRig()) {
            StreamConnection connection = rig.open();
            connection.close();
            rig.runUntilEnded();
            RawPeer peer = rig.server.accept();
            assertThat(peer.awaitGone()).isTrue();
            rig.loop.runDue();
            assertThat(rig.recorder.events)
                    .containsExactly("closed 1006 Closed by us before the handshake was done.");
        }
    }

    @Test
    void refusalNamesTheStatusAndWhatToDo() {
        try (TransportRig rig = new TransportRig()) {
            rig.open();
            rig.server.refuse("451 Unavailable For Legal Reasons");
            rig.runUntilEnded();
            StreamRecorder second = new StreamRecorder();
            rig.transport.open(rig.server.uri(), second);
            rig.server.refuse("429 Too Many Requests\r\nRetry-After: 120");
            rig.runUntil(second::ended);
            String where = "host=127.0.0.1 port=" + rig.server.port();
            assertThat(rig.recorder.events)
                    .containsExactly(
                            "closed -3 HTTP 451: "
                                    + where
                                    + ". The exchange does not serve this region; choose another"
                                    + " host or network.");
            assertThat(second.events)
                    .containsExactly(
                            "closed -3 HTTP 429: "
                                    + where
                                    + " retryAfter=120. Too many connections from this address;"
                                    + " wait before the next.");
        }
    }

    @Test
    void silentServerIsGivenUp() throws IOException {
        try (TransportRig rig = new TransportRig(HASTY)) {
            rig.open();
            try (Socket silent = rig.server.acceptSilently()) {
                rig.runUntilEnded();
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(rig.recorder.events).hasSize(1);
            assertThat(rig.recorder.last())
                    .startsWith("closed 1006 No handshake in time: host=127.0.0.1 port=")
                    .endsWith(" timeout=PT0.3S. Check network and firewall.");
        }
    }

    @Test
    void whatCannotBeReachedIsOneClearLine() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        assertThat(endOf("ws://127.0.0.1:" + unused + "/ws"))
                .startsWith("closed 1006 Connection refused: host=127.0.0.1 port=" + unused)
                .endsWith("Check host and port.");
        assertThat(endOf("ws://no-such-host.invalid/ws"))
                .isEqualTo(
                        "closed 1006 Unknown host: host=no-such-host.invalid. Check the name and"
                                + " this machine's DNS.");
        assertThat(endOf("http://127.0.0.1/ws")).startsWith("closed 1006 Connection failed: host=");
        assertThat(endOf("ws:nonsense"))
                .startsWith("closed 1006 Connection failed: uri=ws:nonsense");
    }

    private static String endOf(String uri) {
        try (TransportRig rig = new TransportRig()) {
            rig.transport.open(URI.create(uri), rig.recorder);
            rig.runUntilEnded();
            assertThat(rig.recorder.events).hasSize(1);
            assertThat(rig.recorder.last()).doesNotContain("\n");
            return rig.recorder.last();
        }
    }
}
