package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.RecordedTrades;
import io.microstream.binance.replay.exchange.capture.CaptureMarket;
import io.microstream.binance.replay.exchange.capture.RecordedFrame;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.ExchangeCore;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.BinanceSourceBuilder;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.websocket.JdkStreamTransport;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import io.microstream.testing.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was recorded of Binance, served and consumed over WebSocket, is what was recorded. */
@Timeout(60)
class RecordingsITCase {

    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();

    @AfterEach
    void close() {
        run.close();
    }

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.require("data/" + folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private void assertServedAndConsumed(
            CaptureMarket recorded, StreamKind kind, Map<String, List<Trade>> direct)
            throws Exception {
        Set<String> awaited =
                direct.keySet().stream().map(kind::streamOf).collect(Collectors.toSet());
        ExchangeConfig config = ExchangeConfig.lockstep(awaited).withTimeFactor(PlayedMarket.HASTE);
        ExchangeCore core = ExchangeCore.recorded(config, recorded, List.of(), 7);
        try (LoopbackExchange exchange = LoopbackExchange.start(config, core)) {
            LiveConfig client =
                    LiveConfig.at(exchange.streamUri(), exchange.restUri(), kind)
                            .faster(PlayedMarket.HASTE);
            Map<String, Long> lastIds = new HashMap<>();
            BinanceSourceBuilder source = BinanceSource.builder().live(client);
            direct.forEach(
                    (symbol, trades) -> {
                        lastIds.put(symbol, trades.get(trades.size() - 1).id());
                        source.startFrom(symbol, FeedStart.atId(trades.get(0).id()));
                    });
            LiveJob job = new LiveJob(run).run(source.until(lastIds).build());

            direct.forEach((symbol, trades) -> assertThat(run.trades(symbol)).isEqualTo(trades));
            assertThat(job.gauge("deadLetters")).isZero();
            assertThat(job.gauge("foreignFrames")).isZero();
        }
    }

    @Test
    void bothCapturesGiveTheTradesThatReadingThemGives() throws Exception {
        List<Path> files = files("captures", ".gz");
        Map<String, List<Trade>> direct = new HashMap<>();
        List<ArchiveFile> inspected = ArchiveCatalog.inspect(DumpKind.CAPTURE, files, Set.of());
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            List<ArchiveFile> its =
                    inspected.stream().filter(file -> file.symbol().equals(symbol)).toList();
            List<Trade> trades = new ArrayList<>();
            try (RecordedTrades read = new RecordedTrades(symbol, its)) {
                read.forEachRemaining(trades::add);
            }
            assertThat(trades).hasSizeGreaterThan(1_000);
            direct.put(symbol, trades);
        }
        assertServedAndConsumed(CaptureMarket.open(files), StreamKind.TRADE, direct);
    }

    @Test
    void theFramesOf2021GiveTheAggregateTradesThatReadingThemGives() throws Exception {
        CaptureMarket market = CaptureMarket.open(files("frames", ".txt"));
        Map<String, List<Trade>> direct = new HashMap<>();
        for (String symbol : market.symbols()) {
            try (Stream<Trade> trades = market.trades(symbol)) {
                List<Trade> all = trades.toList();
                if (!all.isEmpty()) {
                    direct.put(symbol, all);
                }
            }
        }
        assertThat(direct).isNotEmpty();
        assertServedAndConsumed(market, StreamKind.AGG_TRADE, direct);
    }

    @Test
    void everyRecordedFrameComesOverWebSocketAndCanBeRead() throws Exception {
        for (List<Path> files :
                List.of(files("frames", ".txt"), files("captures", "ethusdt-20240808.gz"))) {
            CaptureMarket market = CaptureMarket.open(files);
            assertThat(received(market)).isEqualTo(recorded(market));
        }
    }

    private static Map<FrameType, Long> recorded(CaptureMarket market) {
        FrameParser parser = new FrameParser();
        try (Stream<RecordedFrame> frames = market.frames()) {
            Map<FrameType, Long> types =
                    frames.map(frame -> parser.parse(frame.payload(), 0, frame.payload().length))
                            .collect(
                                    Collectors.groupingBy(
                                            Function.identity(),
                                            () -> new EnumMap<>(FrameType.class),
                                            Collectors.counting()));
            assertThat(types).doesNotContainKeys(FrameType.MALFORMED);
            assertThat(types).hasSizeGreaterThan(2);
            return types;
        }
    }

    /** What a client of all streams gets until as much has come as was recorded. */
    private static Map<FrameType, Long> received(CaptureMarket market) throws Exception {
        long expected = recorded(market).values().stream().mapToLong(count -> count).sum();
        Map<FrameType, Long> types = new EnumMap<>(FrameType.class);
        FrameParser parser = new FrameParser();
        long[] count = {0};
        ExchangeConfig config = ExchangeConfig.lockstep(market.streams());
        ExchangeCore core = ExchangeCore.recorded(config, market, List.of(), 7);
        core.holdAt(0);
        EventLoop loop = new EventLoop(ProcessClock::nanoTime);
        try (LoopbackExchange exchange = LoopbackExchange.start(config, core);
                JdkStreamTransport transport = new JdkStreamTransport(loop)) {
            transport.open(
                    URI.create(
                            exchange.streamUri()
                                    + "/stream?streams="
                                    + String.join("/", market.streams())),
                    new StreamListener() {
                        @Override
                        public void opened() {
                            exchange.holdAt(Long.MAX_VALUE);
                        }

                        @Override
                        public void frame(byte[] bytes, int from, int to, long receivedMs) {
                            types.merge(parser.parse(bytes, from, to), 1L, Long::sum);
                            count[0]++;
                        }

                        @Override
                        public void closed(int code, String reason) {
                            throw new AssertionError("Closed: " + code + " " + reason);
                        }
                    });
            long end = ProcessClock.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (count[0] < expected && ProcessClock.nanoTime() < end) {
                loop.await(Duration.ofMillis(100));
                loop.runDue();
            }
        }
        return types;
    }
}
