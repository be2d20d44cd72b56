package io.microstream.binance.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameInboxTest {

    private static final int MESSAGES = 400_000;
    private static final int CAPACITY = 1 << 20;
    private static final int LONGEST = 150_000;

    @Test
    void twoThreadsAgreeOnEveryByteWithinTheCapacity() throws Exception {
        FrameInbox inbox = new FrameInbox(CAPACITY, LONGEST);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            Random random = new Random(3);
                            for (int i = 0; i < MESSAGES; i++) {
                                write(inbox, i, length(i, random));
                            }
                        });
        Checking reader = new Checking();
        while (reader.next < MESSAGES && !writing.isCompletedExceptionally()) {
            if (inbox.deliver(reader, 1_000) == 0) {
                Thread.onSpinWait();
            }
        }
        writing.get(10, TimeUnit.SECONDS);
        assertThat(reader.wrong).isZero();
        assertThat(inbox.hasFrames()).isFalse();
        assertThat(inbox.pool().mostHeldBytes()).isBetween(100_000L, (long) CAPACITY);
        assertThat(inbox.pool().heldBytes()).isLessThanOrEqualTo(600_000);
    }

    private static int length(int i, Random random) {
        return i % 20_000 == 19_999 ? LONGEST - random.nextInt(9) : random.nextInt(300);
    }

    /** In two pieces, so that a message may move to another chunk half written. */
    private static void write(FrameInbox inbox, int i, int length) {
        fill(inbox, i, length / 2);
        fill(inbox, i, length - length / 2);
        inbox.publish(7L * i);
    }

    private static void fill(FrameInbox inbox, int i, int length) {
        while (!inbox.reserve(length)) {
            Thread.onSpinWait();
        }
        int from = inbox.position();
        java.util.Arrays.fill(inbox.array(), from, from + length, (byte) i);
        inbox.append(from + length);
    }

    private static final class Checking implements StreamListener {

        private final Random random = new Random(3);
        private int next;
        private int wrong;

        @Override
        public void opened() {
            wrong++;
        }

        @Override
        public void frame(byte[] bytes, int from, int to, long receivedMs) {
            wrong += receivedMs == 7L * next ? 0 : 1;
            wrong += to - from == length(next, random) ? 0 : 1;
            for (int k = from; k < to; k++) {
                wrong += bytes[k] == (byte) next ? 0 : 1;
            }
            next++;
        }

        @Override
        public void closed(int code, String reason) {
            wrong++;
        }
    }
}
