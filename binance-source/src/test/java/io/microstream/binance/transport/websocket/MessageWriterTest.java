package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageWriterTest {

    private static final int LIMIT = 100_000;
    private static final char[] CHARS = {
        'a', '{', 0x7f, 0x80, 0x7ff, 0x800, '丶', 0xffff, '\ud83d', '\ude00', '\udbff', '\udc00'
    };

    private final FrameInbox inbox = new FrameInbox(1 << 20, LIMIT);
    private final MessageWriter writer = new MessageWriter(inbox, LIMIT);

    @Test
    void writesWhatGetBytesGivesHoweverTheTextIsFragmented() {
        Random random = new Random(5);
        for (int round = 0; round < 3_000; round++) {
            String text = randomText(random, random.nextInt(round % 100 == 0 ? 30_000 : 40));
            writeInPieces(text, random);
            assertThat(taken()).as("round %d", round).isEqualTo(text.getBytes(UTF_8));
        }
        assertThat(inbox.pool().mostHeldBytes()).isLessThan(1 << 20);
    }

    private void writeInPieces(String text, Random random) {
        int from = 0;
        while (true) {
            int to = from + random.nextInt(text.length() - from + 1);
            boolean last = to == text.length();
            CharSequence piece = text.substring(from, to);
            if (random.nextBoolean()) {
                char[] padded = ("__" + piece + "__").toCharArray();
                piece = CharBuffer.wrap(padded, 1, piece.length() + 2).slice().position(1);
                ((CharBuffer) piece).limit(piece.length());
            }
            assertThat(writer.write(piece, last, 0)).isTrue();
            from = to;
            if (last) {
                return;
            }
        }
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        while (text.length() < length) {
            boolean ascii = plain || random.nextInt(4) > 0;
            text.append(ascii ? 'x' : CHARS[random.nextInt(CHARS.length)]);
        }
        return text.toString();
    }

    @Test
    void messageOfTheLimitIsWholeAndOneByteMoreIsCut() {
        assertThat(writer.write("a".repeat(LIMIT), true, 0)).isTrue();
        assertThat(writer.messageWasCut()).isFalse();
        assertThat(taken()).hasSize(LIMIT);
        assertThat(writer.write("a".repeat(LIMIT + 1), true, 0)).isTrue();
        assertThat(writer.messageWasCut()).isTrue();
        assertThat(new String(taken(), UTF_8)).isEqualTo("a".repeat(200) + "…");
        assertThat(writer.write("b", true, 0)).isTrue();
        assertThat(writer.messageWasCut()).isFalse();
        assertThat(new String(taken(), UTF_8)).isEqualTo("b");
    }

    @Test
    void limitCountsBytesAndTheCutSplitsNoCharacter() {
        String text = "x" + "丶".repeat(LIMIT / 3);
        assertThat(text.getBytes(UTF_8)).hasSize(LIMIT);
        assertThat(writer.write(text, true, 0)).isTrue();
        assertThat(taken()).isEqualTo(text.getBytes(UTF_8));
        assertThat(writer.write(text, false, 0)).isTrue();
        assertThat(writer.write("y", false, 0)).isTrue();
        assertThat(writer.write("ignored".repeat(LIMIT), true, 0)).isTrue();
        assertThat(writer.messageWasCut()).isTrue();
        assertThat(new String(taken(), UTF_8)).isEqualTo("x" + "丶".repeat(66) + "…");
    }

    @Test
    void cutAtAHeldSurrogateDoesNotReachTheNextMessage() {
        assertThat(writer.write("a".repeat(LIMIT - 1) + "\ud83d", false, 0)).isTrue();
        assertThat(writer.write("bcdef", true, 0)).isTrue();
        assertThat(new String(taken(), UTF_8)).isEqualTo("a".repeat(200) + "…");
        assertThat(writer.write("\ude00", true, 0)).isTrue();
        assertThat(new String(taken(), UTF_8)).isEqualTo("?");
    }

    @Test
    void fullInboxRefuses() {
        FrameInbox small = new FrameInbox(2 * FrameChunk.cost(FrameChunk.BYTES), LIMIT);
        MessageWriter full = new MessageWriter(small, LIMIT);
        int taken = 0;
        while (full.write("x".repeat(1_000), true, 0)) {
            taken++;
        }
        assertThat(taken).isEqualTo(130);
        assertThat(small.pool().mostHeldBytes()).isEqualTo(2 * FrameChunk.cost(FrameChunk.BYTES));
    }

    private byte[] taken() {
        List<byte[]> frames = new ArrayList<>();
        StreamListener listener =
                new StreamListener() {
                    @Override
                    public void opened() {
                        throw new AssertionError("opened");
                    }

                    @Override
                    public void frame(byte[] bytes, int from, int to, long receivedMs) {
                        frames.add(java.util.Arrays.copyOfRange(bytes, from, to));
                    }

                    @Override
                    public void closed(int code, String reason) {
                        throw new AssertionError(reason);
                    }
                };
        assertThat(inbox.deliver(listener, 10)).isEqualTo(1);
        return frames.get(0);
    }
}
