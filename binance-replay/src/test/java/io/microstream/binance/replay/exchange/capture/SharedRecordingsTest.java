package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.book.TopOfBook;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import io.microstream.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedRecordingsTest {

    @Test
    void theRecordedSessionComesWholeByStreamAndVerbatim() throws IOException {
        Path file = shared("frames/spot-2021-10-11.ws.txt");
        CaptureMarket market =
                CaptureMarket.open(List.of(file, shared("frames/spot-2021-10-11.http.txt")));
        List<String> lines = Files.readAllLines(file).subList(1, 266);
        Map<String, Integer> streams = new TreeMap<>();
        Iterator<RecordedFrame> frames = market.frames().iterator();
        for (String line : lines) {
            RecordedFrame frame = frames.next();
            String payload = new String(frame.payload(), UTF_8);
            assertThat(line)
                    .endsWith(": {\"stream\":\"" + frame.stream() + "\",\"data\":" + payload + "}");
            assertThat(payload).startsWith("{").endsWith("}");
            streams.merge(frame.stream().replaceFirst(".*?@", ""), 1, Integer::sum);
        }
        assertThat(frames).isExhausted();
        assertThat(streams)
                .isEqualTo(
                        Map.of(
                                "depth@100ms", count(lines, "\"e\":\"depthUpdate\""),
                                "aggTrade", count(lines, "\"e\":\"aggTrade\""),
                                "kline_1m", count(lines, "\"e\":\"kline\""),
                                "bookTicker", count(lines, "@bookTicker\"")));
        assertThat(streams.get("depth@100ms")).isEqualTo(177);
        assertThat(market.symbols())
                .containsExactlyInAnyOrder("NKNUSDT", "BLZETH", "LRCBTC", "RUNEEUR");
        long trades = market.symbols().stream().flatMap(market::trades).count();
        assertThat(trades).isEqualTo((long) streams.get("aggTrade"));
        assertThat(market.book("NKNUSDT").lastUpdateId()).isEqualTo(499869752);
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt, 3735683259, 61837.63000000, 0.02000000, 1723161255342, 9757, 1000000, 1000",
        "ethusdt, 1520538925, 2683.80000000, 0.00200000, 1723161255611, 6106, 1000000, 10000"
    })
    void theTradesOfACaptureAreUnbroken(
            String name,
            long id,
            String price,
            String quantity,
            long timeMs,
            int count,
            long tick,
            long lot)
            throws IOException {
        Path file = shared("captures/spot-" + name + "-20240808.gz");
        CaptureMarket market = CaptureMarket.open(List.of(file));
        String symbol = name.toUpperCase(Locale.ROOT);
        List<Trade> trades = market.trades(symbol).toList();
        assertThat(trades).hasSize(count).hasSize(count(lines(file), "@trade\""));
        for (int i = 1; i < count; i++) {
            assertThat(trades.get(i).id()).isEqualTo(trades.get(i - 1).id() + 1);
            assertThat(trades.get(i).firstTradeId()).isEqualTo(trades.get(i).lastTradeId());
        }
        assertThat(trades.get(0))
                .isEqualTo(
                        new Trade(
                                symbol,
                                id,
                                Decimal8.parse(price),
                                Decimal8.parse(quantity),
                                id,
                                id,
                                timeMs * 1000,
                                true));
        assertThat(market.tickSize(symbol)).isEqualTo(tick);
        assertThat(market.lotSize(symbol)).isEqualTo(lot);
    }

    @ParameterizedTest
    @CsvSource({"btcusdt, 41248", "ethusdt, 33617"})
    void theBookEqualsTheTickerAtEveryEqualUpdateId(String name, int count) throws IOException {
        CaptureMarket market =
                CaptureMarket.open(List.of(shared("captures/spot-" + name + "-20240808.gz")));
        RecordedBook book = market.book(name.toUpperCase(Locale.ROOT));
        Map<Long, String> tickers = new HashMap<>();
        int frames = 0;
        int compared = 0;
        Iterator<RecordedFrame> all = market.frames().iterator();
        while (all.hasNext()) {
            RecordedFrame frame = all.next();
            frames++;
            book.played(frame);
            if (frame.stream().endsWith("@bookTicker")) {
                String ticker = new String(frame.payload(), UTF_8);
                Matcher id = Pattern.compile("\"u\":([0-9]+)").matcher(ticker);
                assertThat(id.find()).isTrue();
                tickers.put(Long.parseLong(id.group(1)), ticker);
            } else if (tickers.containsKey(book.lastUpdateId())) {
                assertThat(tickers.get(book.lastUpdateId())).endsWith(ticker(book.top()));
                compared++;
            }
        }
        assertThat(frames).isEqualTo(count);
        assertThat(compared).isGreaterThan(100);
        assertThat(book.gaps()).isZero();
    }

    @Test
    void twoCapturesAreMergedByTime() {
        CaptureMarket market =
                CaptureMarket.open(
                        List.of(
                                shared("captures/spot-btcusdt-20240808.gz"),
                                shared("captures/spot-ethusdt-20240808.gz")));
        assertThat(market.symbols()).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(market.streams()).hasSize(6);
        List<Long> times = market.frames().map(RecordedFrame::timeUs).toList();
        assertThat(times).hasSize(41248 + 33617).isSorted();
    }

    private static String ticker(TopOfBook top) {
        return "\"b\":\""
                + Decimal8.toBigDecimal(top.bidPrice())
                + "\",\"B\":\""
                + Decimal8.toBigDecimal(top.bidQuantity())
                + "\",\"a\":\""
                + Decimal8.toBigDecimal(top.askPrice())
                + "\",\"A\":\""
                + Decimal8.toBigDecimal(top.askQuantity())
                + "\"}";
    }

    private static int count(List<String> lines, String what) {
        return (int) lines.stream().filter(line -> line.contains(what)).count();
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static Path shared(String name) {
        return SharedData.require("data/" + name);
    }
}
