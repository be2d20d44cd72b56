package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.capture.CaptureMarket;
import io.microstream.binance.replay.exchange.capture.RecordedFrame;
import io.microstream.market.Trade;
import io.microstream.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedExchangeTest {

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.require("data/" + folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private static void playsWhatWasRecorded(List<Path> files) {
        CaptureMarket market = CaptureMarket.open(files);
        ExchangeCore core =
                ExchangeCore.recorded(ExchangeConfig.lockstep(Set.of()), market, List.of(), 7);
        RecordingPort port = new RecordingPort();
        core.connect("/stream?streams=" + String.join("/", market.streams()), "127.0.0.1", port, 0);
        while (!core.ended()) {
            core.advance(0);
        }

        Map<String, List<String>> played =
                port.texts.stream()
                        .collect(
                                Collectors.groupingBy(
                                        text -> text.substring(11, text.indexOf('"', 11)),
                                        Collectors.mapping(
                                                RecordedExchangeTest::payload,
                                                Collectors.toList())));
        Map<String, List<String>> recorded;
        try (Stream<RecordedFrame> frames = market.frames()) {
            recorded =
                    frames.collect(
                            Collectors.groupingBy(
                                    RecordedFrame::stream,
                                    Collectors.mapping(
                                            frame -> new String(frame.payload(), UTF_8),
                                            Collectors.toList())));
        }
        assertThat(played.keySet()).isEqualTo(recorded.keySet());
        recorded.forEach(
                (stream, texts) ->
                        assertThat(withoutEventTime(stream, played.get(stream)))
                                .isEqualTo(withoutEventTime(stream, texts)));
        for (String symbol : market.symbols()) {
            try (Stream<Trade> trades = market.trades(symbol)) {
                assertThat(core.pastTrades(symbol).appended()).isEqualTo(trades.count());
            }
        }
    }

    private static String payload(String text) {
        return text.substring(text.indexOf(',') + ",\"data\":".length(), text.length() - 1);
    }

    /** Of trades, also without the order ids that Binance has dropped since. */
    private static List<String> withoutEventTime(String stream, List<String> texts) {
        return texts.stream()
                .map(
                        text ->
                                stream.endsWith("rade")
                                        ? text.replaceAll(
                                                "\"(E|[ab](?=\":\\d+,\"[aT]\"))\":\\d+,", "")
                                        : text)
                .toList();
    }

    @Test
    void recordedFramesComeOutAsTheyCameIn() throws Exception {
        playsWhatWasRecorded(files("frames", ".txt"));
    }

    @Test
    void capturesComeOutAsTheyCameIn() throws Exception {
        playsWhatWasRecorded(files("captures", ".gz"));
    }
}
