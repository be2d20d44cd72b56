package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamOverflowTest {

    private static final int CAPACITY = 2 << 20;
    private static final StreamLimits SMALL = StreamLimits.DEFAULT.withMemory(CAPACITY, 256 << 10);

    @Test
    void loopThatStandsCostsTheConnectionAndNothingThatHadCome() {
        try (TransportRig rig = new TransportRig(SMALL)) {
            rig.open();
            RawPeer peer = rig.acceptOpened();
            int sent = sendUntilRefused(peer);
            assertThat(rig.recorder.events).containsExactly("opened");
            rig.runUntilEnded();
            List<String> frames = rig.recorder.frames();
            assertThat(frames.size()).isBetween(8_000, sent);
            assertThat(frames)
                    .isEqualTo(IntStream.range(0, frames.size()).mapToObj(this::text).toList());
            long bytes = frames.stream().mapToLong(String::length).sum();
            assertThat(bytes).isBetween(CAPACITY * 8L / 10, (long) CAPACITY);
            assertThat(rig.recorder.events.get(0)).isEqualTo("opened");
            assertThat(rig.recorder.last())
                    .matches(
                            "closed -2 Inbox full: waitingBytes=2\\d{6} capacityBytes=2097152\\. .*");
        }
    }

    private int sendUntilRefused(RawPeer peer) {
        int sent = 0;
        try {
            while (true) {
                ByteArrayOutputStream block = new ByteArrayOutputStream();
                for (int i = 0; i < 100; i++) {
                    byte[] text = text(sent + i).getBytes(UTF_8);
                    block.writeBytes(RawPeer.bytes(true, RawPeer.TEXT, text));
                }
                sent += 100;
                peer.raw(block.toByteArray());
            }
        } catch (UncheckedIOException refused) {
            return sent;
        }
    }

    private String text(int i) {
        return "{\"a\":" + (1_000_000 + i) + ",\"pad\":\"" + "x".repeat(180) + "\"}";
    }

    @Test
    void loopThatComesBackInTimeLosesNothing() {
        try (TransportRig rig = new TransportRig(SMALL)) {
            rig.open();
            RawPeer peer = rig.acceptOpened();
            int expected = 1;
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 5_000; i++) {
                    peer.text(text(round * 5_000 + i));
                }
                peer.frame(true, RawPeer.PING, new byte[0]);
                assertThat(peer.receive().opcode()).isEqualTo(RawPeer.PONG);
                expected += 5_000;
                assertThat(rig.recorder.events.size()).isLessThanOrEqualTo(expected - 5_000);
                rig.runUntilEvents(expected);
            }
            assertThat(rig.recorder.frames())
                    .isEqualTo(IntStream.range(0, 100_000).mapToObj(this::text).toList());
            peer.close();
        }
    }

    @Test
    void longBacklogLeavesTheLoopTurnsForOtherWork() {
        try (TransportRig rig = new TransportRig(SMALL)) {
            rig.open();
            RawPeer peer = rig.acceptOpened();
            for (int i = 0; i < 9_000; i++) {
                peer.text("x");
            }
            peer.frame(true, RawPeer.PING, new byte[0]);
            peer.receive();
            rig.loop.runDue();
            assertThat(rig.recorder.frames()).hasSize(4_096);
            rig.loop.runDue();
            assertThat(rig.recorder.frames()).hasSize(8_192);
            rig.loop.runDue();
            assertThat(rig.recorder.frames()).hasSize(9_000);
            peer.close();
        }
    }
}
