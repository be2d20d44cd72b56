package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.exchange.book.TopOfBook;
import io.microstream.market.Trade;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureMarketTest {

    private static final String TRADE =
            "{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTCUSDT\",\"t\":%d,\"p\":\"61837.63000000\","
                    + "\"q\":\"92233720368.54775807\",\"T\":1723161255342,\"m\":true,\"M\":true,"
                    + "\"new\":{\"x\":[1]}}";
    private static final String AGGREGATE =
            "{\"e\":\"aggTrade\",\"E\":1723161255343001,\"s\":\"BTCUSDT\",\"a\":7,\"p\":\"61837.60000000\","
                    + "\"q\":\"0.02000000\",\"f\":11,\"l\":13,\"T\":1723161255342999,\"m\":false,\"M\":true}";
    private static final String SNAPSHOT =
            "{\"lastUpdateId\":100,\"bids\":[[\"10.00000000\",\"1.00000000\"],[\"9.00000000\","
                    + "\"2.00000000\",[]]],\"asks\":[[\"11.00000000\",\"3.00000000\"]]}";

    @TempDir Path folder;

    @Test
    void framesComeVerbatimInOrderOfTheRecordersTime() throws IOException {
        Path one =
                file(
                        "one",
                        "1723161254000000999 " + combined("btcusdt@trade", TRADE.formatted(1)),
                        "1723161254000003000 " + combined("btcusdt@trade", TRADE.formatted(2)),
                        "1723161254000001000 " + combined("btcusdt@trade", TRADE.formatted(3)));
        Path two = gzip("two", "1723161254.0000019: " + combined("币@trade", "{\"s\":\"币\"}"));
        CaptureMarket market = CaptureMarket.open(List.of(one));
        assertThat(market.symbols()).containsExactly("BTCUSDT");
        try (var frames = new FrameMerge(List.of(one, two))) {
            assertFrame(frames.next(), 1723161254000000L, "btcusdt@trade", TRADE.formatted(1));
            assertFrame(frames.next(), 1723161254000001L, "币@trade", "{\"s\":\"币\"}");
            assertFrame(frames.next(), 1723161254000003L, "btcusdt@trade", TRADE.formatted(2));
            assertFrame(frames.next(), 1723161254000001L, "btcusdt@trade", TRADE.formatted(3));
            assertThat(frames.hasNext()).isFalse();
            assertThatThrownBy(frames::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void singleTradesAreAggregatesOfOneAndNumbersAreExact() throws IOException {
        CaptureMarket market =
                CaptureMarket.open(
                        List.of(line(combined("btcusdt@trade", TRADE.formatted(3735683259L)))));
        assertThat(market.trades("BTCUSDT"))
                .containsExactly(
                        new Trade(
                                "BTCUSDT",
                                3735683259L,
                                6_183_763_000_000L,
                                Long.MAX_VALUE,
                                3735683259L,
                                3735683259L,
                                1723161255342000L,
                                true));
        assertThat(market.tickSize("BTCUSDT")).isEqualTo(1_000_000);
        assertThat(market.lotSize("BTCUSDT")).isEqualTo(1);
    }

    @Test
    void aggregateTradesArePreferredAndMicrosecondsKept() throws IOException {
        CaptureMarket market =
                CaptureMarket.open(
                        List.of(
                                line(combined("btcusdt@trade", TRADE.formatted(11))),
                                line(combined("btcusdt@aggTrade", AGGREGATE))));
        assertThat(market.trades("BTCUSDT"))
                .containsExactly(
                        new Trade(
                                "BTCUSDT",
                                7,
                                6_183_760_000_000L,
                                2_000_000,
                                11,
                                13,
                                1723161255342999L,
                                false));
    }

    @Test
    void theBookIsTheSnapshotCarriedOn() throws IOException {
        CaptureMarket market =
                CaptureMarket.open(
                        List.of(
                                line(
                                        "{\"result\":null,\"id\":1}",
                                        depth(95, 100, "[\"10.00000000\",\"5.00000000\"]", ""),
                                        SNAPSHOT,
                                        depth(101, 103, "[\"10.00000000\",\"0.00000000\"]", ""),
                                        depth(105, 105, "", "[\"10.50000000\",\"4.00000000\"]"))));
        RecordedBook book = market.book("BTCUSDT");
        List<RecordedFrame> frames = market.frames().toList();
        book.played(frames.get(0));
        assertThat(book.top())
                .isEqualTo(
                        new TopOfBook(100, 1_000_000_000, 100_000_000, 1_100_000_000, 300_000_000));
        book.played(frames.get(1));
        assertThat(book.lastUpdateId()).isEqualTo(103);
        assertThat(book.gaps()).isZero();
        book.played(frames.get(2));
        assertThat(book.top())
                .isEqualTo(
                        new TopOfBook(105, 900_000_000, 200_000_000, 1_050_000_000, 400_000_000));
        assertThat(book.gaps()).isEqualTo(1);
        assertThat(market.trades("BTCUSDT")).isEmpty();
    }

    @Test
    void snapshotsAreKnownByTheirAddress() throws IOException {
        String asked = "https://api.binance.com/api/v3/%s?symbol=%s&limit=9 -> 1633998512.3: %s";
        CaptureMarket market =
                CaptureMarket.open(
                        List.of(
                                file(
                                        "http",
                                        asked.formatted("depth", "ETHBTC", SNAPSHOT),
                                        asked.formatted("depth", "BTCUSDT", SNAPSHOT),
                                        asked.formatted("aggTrades", "X", "[]"))));
        assertThat(market.symbols()).containsExactly("ETHBTC", "BTCUSDT");
        assertThat(market.book("ETHBTC").lastUpdateId()).isEqualTo(100);
        assertThat(market.frames()).isEmpty();
        assertThatThrownBy(() -> market.book("X"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("Symbol not recorded: symbol=X recorded=[ETHBTC, BTCUSDT]");
    }

    @Test
    void whatCannotBeReadIsNamedByFileAndLine() throws IOException {
        String good = combined("btcusdt@trade", TRADE.formatted(1));
        assertThatThrownBy(() -> CaptureMarket.open(List.of(line(good, good.substring(0, 60)))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Recording not read: file=" + folder)
                .hasMessageContaining("line=2: neither a time and a message");
        assertThatThrownBy(() -> CaptureMarket.open(List.of(folder.resolve("none"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("line=0: ");
        assertThatThrownBy(
                        () ->
                                CaptureMarket.open(
                                        List.of(line(combined("x@trade", "{\"e\":\"trade\"}")))))
                .hasMessageContaining("Recording not read: file=" + folder)
                .hasMessageEndingWith("line=1: no field 's' in {\"e\":\"trade\"}");
        assertThatThrownBy(() -> CaptureMarket.open(List.of(line(SNAPSHOT))))
                .hasMessageContaining("Depth snapshot of an unknown symbol: file=");
        byte[] whole = Files.readAllBytes(gzip("cut", "1723161254000000999 " + good));
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, 80));
        assertThatThrownBy(() -> CaptureMarket.open(List.of(cut)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Recording not read: file=" + cut + " line=");
    }

    private static void assertFrame(RecordedFrame frame, long timeUs, String stream, String text) {
        assertThat(frame.timeUs()).isEqualTo(timeUs);
        assertThat(frame.stream()).isEqualTo(stream);
        assertThat(new String(frame.payload(), UTF_8)).isEqualTo(text);
    }

    private static String combined(String stream, String data) {
        return "{\"stream\":\"" + stream + "\",\"data\":" + data + "}";
    }

    private static String depth(long first, long last, String bids, String asks) {
        return combined(
                "btcusdt@depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"BTCUSDT\",\"U\":"
                        + first
                        + ",\"u\":"
                        + last
                        + ",\"b\":["
                        + bids
                        + "],\"a\":["
                        + asks
                        + "]}");
    }

    private Path line(String... messages) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String message : messages) {
            text.append("1723161254000000999 ").append(message).append('\n');
        }
        return Files.writeString(Files.createTempFile(folder, "lines", ".txt"), text);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines), UTF_8);
    }

    private Path gzip(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(line.getBytes(UTF_8));
        }
        return file;
    }
}
