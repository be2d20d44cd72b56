package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdkStreamTransportTest {

    private final TransportRig rig = new TransportRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void messagesComeInOrderBetweenOpenedAndClosed() {
        rig.open();
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            sent.add("{\"a\":" + i + ",\"pad\":\"" + "x".repeat(i % 150) + "\"}");
            wire.writeBytes(RawPeer.bytes(true, RawPeer.TEXT, sent.get(i).getBytes(UTF_8)));
        }
        try (RawPeer peer = rig.acceptOpened()) {
            peer.raw(wire.toByteArray());
            peer.closeFrame(1000, "bye");
            rig.runUntilEnded();
        }
        assertThat(rig.recorder.events.get(0)).isEqualTo("opened");
        assertThat(rig.recorder.frames()).isEqualTo(sent);
        assertThat(rig.recorder.last()).isEqualTo("closed 1000 bye");
    }

    @Test
    void fragmentsAreJoined() {
        rig.open();
        String small = "a€😀".repeat(20_000);
        String large = "x".repeat(1 << 20);
        try (RawPeer peer = rig.acceptOpened()) {
            fragments(peer, small.getBytes(UTF_8), 7_001);
            peer.text(large);
            peer.text("");
            rig.runUntilEvents(4);
        }
        assertThat(small.getBytes(UTF_8)).hasSize(160_000);
        assertThat(rig.recorder.frames()).containsExactly(small, large, "");
    }

    /** However long it waits for the loop then. */
    @Test
    void aMessageSaysWhenItCame() {
        rig.open();
        try (RawPeer peer = rig.acceptOpened()) {
            rig.wallMs = 2_000;
            peer.frame(false, RawPeer.TEXT, "in ".getBytes(UTF_8));
            peer.frame(true, RawPeer.CONTINUATION, "parts".getBytes(UTF_8));
            rig.awaitPosted();
            rig.wallMs = 9_000;
            rig.runUntilEvents(2);
        }
        assertThat(rig.recorder.frames()).containsExactly("in parts");
        assertThat(rig.recorder.receivedMs).containsExactly(2_000L);
    }

    private static void fragments(RawPeer peer, byte[] payload, int size) {
        for (int from = 0; from < payload.length; from += size) {
            int to = Math.min(payload.length, from + size);
            peer.frame(
                    to == payload.length,
                    from == 0 ? RawPeer.TEXT : RawPeer.CONTINUATION,
                    Arrays.copyOfRange(payload, from, to));
        }
    }

    @Test
    void pingBetweenFragmentsIsAnsweredWithItsPayloadWhileTheLoopStands() {
        StreamConnection connection = rig.open();
        try (RawPeer peer = rig.acceptOpened()) {
            peer.frame(false, RawPeer.TEXT, "half".getBytes(UTF_8));
            for (String payload : List.of("1722816000123", "", "é")) {
                long before = rig.loop.nanoTime();
                peer.frame(true, RawPeer.PING, payload.getBytes(UTF_8));
                RawPeer.Received pong = peer.receive();
                assertThat(pong.opcode()).isEqualTo(RawPeer.PONG);
                assertThat(pong.text()).isEqualTo(payload);
                peer.frame(false, RawPeer.CONTINUATION, " and ".getBytes(UTF_8));
                peer.frame(true, RawPeer.PING, "again".getBytes(UTF_8));
                assertThat(peer.receive().text()).isEqualTo("again");
                assertThat(connection.lastFrameNanos()).isBetween(before, rig.loop.nanoTime());
            }
            assertThat(rig.recorder.events).containsExactly("opened");
            peer.frame(true, RawPeer.CONTINUATION, "whole".getBytes(UTF_8));
            rig.runUntilEvents(2);
        }
        assertThat(rig.recorder.frames()).containsExactly("half and  and  and whole");
    }

    @Test
    void timeOfTheLastFrameIsThatOfItsArrival() {
        AtomicLong clock = new AtomicLong(100);
        try (TransportRig timed = new TransportRig(StreamLimits.DEFAULT, clock::get)) {
            StreamConnection connection = timed.open();
            assertThat(connection.lastFrameNanos()).isEqualTo(100);
            RawPeer peer = timed.server.accept();
            timed.runUntilOpened();
            clock.set(200);
            peer.text("one");
            timed.awaitPosted();
            clock.set(300);
            timed.loop.runDue();
            assertThat(timed.recorder.events).containsExactly("opened", "one");
            assertThat(connection.lastFrameNanos()).isEqualTo(200);
            peer.close();
        }
    }

    @Test
    void messagesAreSentInOrderAlsoManyAtOnce() {
        StreamConnection connection = rig.open();
        connection.send("lost, not opened");
        try (RawPeer peer = rig.acceptOpened()) {
            rig.runUntilOpened();
            List<String> sent = new ArrayList<>();
            List<String> got = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add("{\"id\":" + i + "}");
                connection.send(sent.get(i));
            }
            while (got.size() < sent.size()) {
                rig.runUntil(peer::hasBytes);
                got.add(peer.receive().text());
            }
            assertThat(got).isEqualTo(sent);
        }
    }

    @Test
    void closeCodesAndReasonsAreReported() {
        List<String> ends = new ArrayList<>();
        for (int code : new int[] {1000, 1001, 1008, 1012, 4321}) {
            StreamRecorder recorder = new StreamRecorder();
            rig.transport.open(rig.server.uri(), recorder);
            try (RawPeer peer = rig.server.accept()) {
                rig.runUntil(() -> !recorder.events.isEmpty());
                peer.text("last words");
                peer.closeFrame(code, code == 1008 ? "Pong timeout" : "");
                rig.runUntil(recorder::ended);
                assertThat(peer.receive().closeCode()).isEqualTo(code);
                assertThat(peer.awaitGone()).isTrue();
            }
            assertThat(recorder.events).startsWith("opened", "last words").hasSize(3);
            ends.add(recorder.last());
        }
        assertThat(ends)
                .containsExactly(
                        "closed 1000 ",
                        "closed 1001 ",
                        "closed 1008 Pong timeout",
                        "closed 1012 ",
                        "closed 4321 ");
    }

    @Test
    void closeFrameWithoutCodeIs1005() {
        rig.open();
        try (RawPeer peer = rig.acceptOpened()) {
            peer.frame(true, RawPeer.CLOSE, new byte[0]);
            rig.runUntilEnded();
        }
        assertThat(rig.recorder.events).containsExactly("opened", "closed 1005 ");
    }

    @Test
    void endWithoutCloseFrameIs1006() {
        rig.open();
        RawPeer peer = rig.acceptOpened();
        peer.text("last words");
        rig.runUntilEvents(2);
        peer.close();
        rig.runUntilEnded();
        assertThat(rig.recorder.events)
                .containsExactly(
                        "opened",
                        "last words",
                        "closed 1006 Connection ended without a close frame.");
    }

    @Test
    void resetIs1006() {
        rig.open();
        RawPeer peer = rig.acceptOpened();
        peer.reset();
        rig.runUntilEnded();
        assertThat(rig.recorder.events).hasSize(2);
        assertThat(rig.recorder.last())
                .isEqualTo("closed 1006 Connection broke: detail=Connection reset.");
    }

    @Test
    void textThatIsNotUtf8EndsTheConnection() {
        rig.open();
        try (RawPeer peer = rig.acceptOpened()) {
            peer.frame(true, RawPeer.TEXT, new byte[] {'a', (byte) 0xff});
            rig.runUntilEnded();
            peer.readToEnd();
        }
        assertThat(rig.recorder.events).hasSize(2);
        assertThat(rig.recorder.last())
                .startsWith("closed 1006 Connection broke: detail=Invalid UTF-8 in frame TEXT");
    }

    @Test
    void binaryMessageComesAsAFrameThatIsMalformed() {
        rig.open();
        try (RawPeer peer = rig.acceptOpened()) {
            peer.frame(false, RawPeer.BINARY, new byte[10]);
            peer.frame(true, RawPeer.CONTINUATION, new byte[7]);
            peer.frame(true, RawPeer.BINARY, new byte[3]);
            rig.runUntilEvents(3);
        }
        assertThat(rig.recorder.frames())
                .containsExactly("binary message of 17 bytes", "binary message of 3 bytes");
        byte[] frame = rig.recorder.frames().get(0).getBytes(UTF_8);
        assertThat(new FrameParser().parse(frame, 0, frame.length)).isEqualTo(FrameType.MALFORMED);
    }

    @Test
    void messageBeyondTheLimitComesCutAndCounted() {
        rig.open();
        byte[] first = "{\"e\":\"aggTrade\",\"s\":\"".getBytes(UTF_8);
        byte[] filling = new byte[1 << 20];
        Arrays.fill(filling, (byte) 'A');
        try (RawPeer peer = rig.acceptOpened()) {
            peer.frame(false, RawPeer.TEXT, first);
            for (int i = 0; i < 6; i++) {
                peer.frame(i == 5, RawPeer.CONTINUATION, filling);
            }
            peer.text("next");
            rig.runUntilEvents(3);
        }
        String cut = rig.recorder.frames().get(0);
        assertThat(cut).hasSize(201).startsWith("{\"e\":\"aggTrade\",\"s\":\"AAA").endsWith("A…");
        assertThat(rig.recorder.frames().get(1)).isEqualTo("next");
        assertThat(rig.transport.cutMessages()).isEqualTo(1);
        byte[] frame = cut.getBytes(UTF_8);
        assertThat(new FrameParser().parse(frame, 0, frame.length)).isEqualTo(FrameType.MALFORMED);
    }

    @Test
    void randomMixOfSizesAndFragmentsArrivesAsSent() {
        Random random = new Random(11);
        rig.open();
        List<String> sent = new ArrayList<>();
        try (RawPeer peer = rig.acceptOpened()) {
            for (int i = 0; i < 300; i++) {
                String text =
                        ("é" + i + "丶😀z").repeat(1 + random.nextInt(i % 50 == 0 ? 20_000 : 60));
                sent.add(text);
                fragments(peer, text.getBytes(UTF_8), 1 + random.nextInt(40_000));
            }
            rig.runUntilEvents(301);
        }
        assertThat(rig.recorder.frames()).isEqualTo(sent);
    }
}
