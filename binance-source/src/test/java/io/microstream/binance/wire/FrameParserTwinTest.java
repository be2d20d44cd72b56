package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the parser with its naive twin on recorded, generated and mutated frames. */
class FrameParserTwinTest {

    private static final String AGG_TRADE =
            "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1767225600412,"
                    + "\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"61837.63000000\",\"q\":\"0.02000000\","
                    + "\"f\":1,\"l\":2,\"T\":1767225600411,\"m\":true,\"M\":true}}";
    private static final String DEPTH =
            "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                    + "\"E\":1767225600412,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
                    + "\"b\":[[\"61837.63000000\",\"0.02000000\"]],"
                    + "\"a\":[[\"61837.64000000\",\"0.02000000\"]]}}";

    private final FrameParser parser = new FrameParser();

    @Test
    void recordedFramesOf2021ReadAsTheTwinReadsThem() {
        Map<FrameType, Integer> types = compareAll(SharedFrames.of2021());
        assertThat(types)
                .isEqualTo(
                        Map.of(
                                FrameType.DEPTH_UPDATE, 177,
                                FrameType.BOOK_TICKER, 84,
                                FrameType.AGG_TRADE, 2,
                                FrameType.KLINE, 2));
    }

    @Test
    void bothCapturesReadAsTheTwinReadsThem() {
        assertThat(compareAll(SharedFrames.ofCapture("btcusdt")))
                .isEqualTo(
                        Map.of(
                                FrameType.BOOK_TICKER, 28_040,
                                FrameType.TRADE, 9_757,
                                FrameType.DEPTH_UPDATE, 3_451,
                                FrameType.PARTIAL_DEPTH, 1));
        assertThat(compareAll(SharedFrames.ofCapture("ethusdt")).get(FrameType.TRADE))
                .isEqualTo(6_106);
    }

    @Test
    void generatedFramesReadAsTheTwinReadsThem() {
        Map<FrameType, Integer> types = compareAll(generated(40_000, 3));
        assertThat(types.keySet())
                .contains(
                        FrameType.AGG_TRADE,
                        FrameType.TRADE,
                        FrameType.DEPTH_UPDATE,
                        FrameType.PARTIAL_DEPTH,
                        FrameType.BOOK_TICKER,
                        FrameType.KLINE,
                        FrameType.ERROR,
                        FrameType.REPLY,
                        FrameType.SERVER_SHUTDOWN);
        assertThat(types.get(FrameType.AGG_TRADE)).isGreaterThan(2_000);
    }

    @Test
    void mutatedFramesNeverThrowAndReadAsTheTwinReadsThem() {
        SplittableRandom random = new SplittableRandom(4);
        List<byte[]> frames = generated(2_000, 5);
        int malformed = 0;
        for (int i = 0; i < 250_000; i++) {
            byte[] frame = FrameMutations.mutate(frames.get(random.nextInt(frames.size())), random);
            parseQuietly(frame);
            malformed += parser.type() == FrameType.MALFORMED ? 1 : 0;
            if (i % 3 == 0 && isUtf8(frame)) {
                String text = new String(frame, UTF_8);
                assertThat(NaiveFrames.describe(parser))
                        .as(text)
                        .isEqualTo(NaiveFrames.describe(text));
            }
        }
        assertThat(malformed).isBetween(100_000, 249_000);
    }

    @Test
    void everyTruncationIsMalformed() {
        for (byte[] frame : generated(200, 6)) {
            String text = new String(frame, UTF_8).stripTrailing();
            byte[] bytes = text.getBytes(UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(parser.parse(bytes, 0, length)).isEqualTo(FrameType.MALFORMED);
            }
        }
    }

    @Test
    void tradesAndDepthUpdatesCostNoAllocation() {
        assertThat(allocated(AGG_TRADE)).as("bytes for 50,000 frames").isLessThan(5_000);
        assertThat(parser.price()).isEqualTo(6_183_763_000_000L);
        assertThat(allocated(AGG_TRADE.replace("\"m\"", " \"m\""))).isLessThan(5_000);
        assertThat(parser.price()).isEqualTo(6_183_763_000_000L);
        assertThat(allocated(DEPTH)).as("bytes for 50,000 frames").isLessThan(5_000);
        assertThat(parser.asks().price(0)).isEqualTo(6_183_764_000_000L);
    }

    private long allocated(String text) {
        byte[] frame = text.getBytes(UTF_8);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 50_000; i++) {
                parser.parse(frame, 0, frame.length);
            }
            bytes = Math.min(bytes, threads.getThreadAllocatedBytes(self) - before);
        }
        return bytes;
    }

    private Map<FrameType, Integer> compareAll(List<byte[]> frames) {
        Map<FrameType, Integer> types = new EnumMap<>(FrameType.class);
        for (byte[] frame : frames) {
            parseQuietly(frame);
            String text = new String(frame, UTF_8);
            assertThat(NaiveFrames.describe(parser)).as(text).isEqualTo(NaiveFrames.describe(text));
            types.merge(parser.type(), 1, Integer::sum);
        }
        return types;
    }

    private void parseQuietly(byte[] frame) {
        assertThatCode(() -> parser.parse(frame, 0, frame.length))
                .as(new String(frame, UTF_8))
                .doesNotThrowAnyException();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<byte[]> generated(int count, long seed) {
        FrameGenerator generator = new FrameGenerator(seed);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(generator.next().getBytes(UTF_8));
        }
        return frames;
    }
}
