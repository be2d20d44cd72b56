package io.microstream.binance.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.source.split.LiveRange;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.TradePosition;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.trades.TradeFeed;
import io.microstream.binance.trades.TradeHistory;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.market.Trade;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedSplitReaderTest {

    private static final String FRAME =
            "{\"e\":\"aggTrade\",\"E\":1767225600000123,\"s\":\"BTCUSDT\",\"a\":%d,"
                    + "\"p\":\"100.00000000\",\"q\":\"1.00000000\",\"f\":%d,\"l\":%d,"
                    + "\"T\":1767225600000000,\"m\":true,\"M\":true}";

    private final EventLoop loop = new EventLoop(ProcessClock::nanoTime);
    private final List<StreamListener> listeners = new ArrayList<>();
    private final List<String> followed = new ArrayList<>();
    private boolean connectionsClosed;

    private final FeedSplitReader reader =
            new FeedSplitReader(
                    split -> RecordedRows.open(split, Duration.ofSeconds(1)),
                    new Pace(0, ProcessClock::nanoTime),
                    0,
                    this::live,
                    followed::add);

    private LiveReader live() {
        return new LiveReader(
                loop,
                out ->
                        new TradeFeed(
                                FeedConfig.DEFAULT,
                                this::open,
                                new NoHistory(),
                                loop,
                                new ConnectBudget(10),
                                out,
                                new LiveCounts(),
                                InstantSource.system(),
                                new SplittableRandom(1)),
                () -> connectionsClosed = true);
    }

    private StreamConnection open(URI uri, StreamListener listener) {
        listeners.add(listener);
        return new Silent();
    }

    private void follow(String symbol, long lastId) {
        LiveRange live = new LiveRange(FeedStart.LATEST, LiveRange.ENDLESS);
        TradePosition at =
                lastId < 0
                        ? TradePosition.START
                        : new TradePosition(
                                0, lastId, lastId, 1_767_225_600_000_000L, 0, -1, -1, -1);
        reader.handleSplitsChanges(
                new SplitsAddition<>(List.of(new SymbolSplit(symbol, List.of(), live, at))));
    }

    private void connect() throws IOException {
        reader.wakeUp();
        reader.fetch();
        assertThat(listeners).hasSize(1);
    }

    private void frame(long id) {
        byte[] bytes =
                FRAME.formatted(id, id, id).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        loop.execute(() -> listeners.get(0).frame(bytes, 0, bytes.length, 7_000 + id));
    }

    @Test
    void anIdleFetchWakesUpAtOnceAndReturnsNothing() throws Exception {
        follow("BTCUSDT", -1);
        CountDownLatch fetching = new CountDownLatch(1);
        loop.execute(fetching::countDown);
        CompletableFuture<RecordsWithSplitIds<FeedBatch>> fetched = new CompletableFuture<>();
        Thread fetcher = new Thread(() -> fetch(fetched));
        fetcher.start();
        assertThat(fetching.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(fetched).isNotDone();

        reader.wakeUp();

        assertThat(fetched.get(10, TimeUnit.SECONDS).nextSplit()).isNull();
        fetcher.join(10_000);
        assertThat(fetcher.isAlive()).isFalse();
    }

    private void fetch(CompletableFuture<RecordsWithSplitIds<FeedBatch>> result) {
        try {
            result.complete(reader.fetch());
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    @Test
    void aWakeUpBeforeTheFetchIsNotLost() throws Exception {
        follow("BTCUSDT", -1);
        reader.wakeUp();
        assertThat(reader.fetch().nextSplit()).isNull();
    }

    @Test
    void aRestoredSplitGoesOnBehindItsNewestTrade() throws Exception {
        follow("BTCUSDT", 99);
        connect();
        loop.execute(() -> listeners.get(0).opened());
        frame(98);
        frame(100);
        frame(101);

        RecordsWithSplitIds<FeedBatch> records = reader.fetch();

        assertThat(records.nextSplit()).isEqualTo("btcusdt@aggTrade");
        FeedBatch batch = records.nextRecordFromSplit();
        assertThat(batch.rows).isEqualTo(2);
        assertThat(batch.ids).startsWith(100, 101);
        assertThat(batch.receivedAtMs).startsWith(7_100, 7_101);
        assertThat(followed).containsExactly("BTCUSDT");
        assertThat(listeners).hasSize(1);
    }

    @Test
    void whatGoesWrongOnTheLoopFailsTheFetch() {
        follow("BTCUSDT", -1);
        loop.execute(
                () -> {
                    throw new IllegalStateException("a bug");
                });
        assertThatThrownBy(reader::fetch)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }

    @Test
    void aHostThatRefusesTheRegionFailsTheFetchWithItsLine() throws Exception {
        follow("BTCUSDT", -1);
        connect();
        String line = "HTTP 451: host=x. The exchange does not serve this region.";
        loop.execute(() -> listeners.get(0).closed(StreamListener.REFUSED, line));
        assertThatThrownBy(reader::fetch).isInstanceOf(IOException.class).hasMessage(line);
    }

    @Test
    void connectionsAreClosedEvenIfTheLoopFailsMeanwhile() {
        follow("BTCUSDT", -1);
        loop.execute(
                () -> {
                    throw new IllegalStateException("a bug");
                });
        assertThatThrownBy(reader::close).hasMessage("a bug");
        assertThat(connectionsClosed).isTrue();
    }

    @Test
    void closedBeforeAnythingWasFollowedIsNoMatter() throws Exception {
        reader.close();
        assertThat(connectionsClosed).isFalse();
    }

    /** Opened, and nothing more. */
    private static final class Silent implements StreamConnection {
        @Override
        public void send(String text) {}

        @Override
        public void close() {}

        @Override
        public void abort() {}

        @Override
        public long lastFrameNanos() {
            return ProcessClock.nanoTime();
        }
    }

    /** Never answers. */
    private static final class NoHistory implements TradeHistory {
        @Override
        public CompletableFuture<List<Trade>> from(
                String symbol, long fromId, int limit, Urgency urgency) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<List<Trade>> firstSince(String symbol, long timeMs) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Long> serverTimeUs() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<List<String>> halted(List<String> symbols) {
            return new CompletableFuture<>();
        }
    }
}
