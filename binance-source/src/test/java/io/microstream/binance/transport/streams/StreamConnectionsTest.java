package io.microstream.binance.transport.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamConnectionsTest {

    private static final String TRADES = "btcusdt@aggTrade";
    private static final String KLINES = "btcusdt@kline_1m";
    private static final String BOOK = "btcusdt@depth@100ms";
    private static final String TRADE =
            "{\"e\":\"aggTrade\",\"E\":1767268800000001,\"s\":\"BTCUSDT\",\"a\":7,\"p\":\"1.0\","
                    + "\"q\":\"2.0\",\"f\":7,\"l\":8,\"T\":1767268800000000,\"m\":true,\"M\":true}";

    /** A connection that takes messages and brings what the test says. */
    private static final class Wire implements StreamConnection {
        final StreamListener listener;
        final List<String> sent = new ArrayList<>();
        boolean closed;

        Wire(StreamListener listener) {
            this.listener = listener;
        }

        void bring(String text) {
            byte[] bytes = ("..." + text + "...").getBytes(UTF_8);
            listener.frame(bytes, 3, bytes.length - 3, 1);
        }

        @Override
        public void send(String text) {
            sent.add(text);
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void abort() {
            closed = true;
        }

        @Override
        public long lastFrameNanos() {
            return 0;
        }
    }

    /** Keeps what a subscriber is given. */
    private static final class Subscriber implements StreamSubscriber {
        final List<String> frames = new ArrayList<>();
        final List<String> joined = new ArrayList<>();
        final List<String> cut = new ArrayList<>();

        @Override
        public void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs) {
            frames.add(new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void cut(String stream, String how) {
            cut.add(stream);
        }

        @Override
        public void joined(String stream) {
            joined.add(stream);
        }
    }

    private final List<Wire> wires = new ArrayList<>();
    private final EventLoop loop = new EventLoop(() -> 0, 1);
    private final StreamCounts counts = new StreamCounts();
    private final StreamConnections connections =
            new StreamConnections(
                    StreamsConfig.DEFAULT.at(URI.create("ws://exchange")),
                    this::open,
                    loop,
                    new ConnectBudget(10),
                    counts,
                    new SplittableRandom(1));
    private final Subscriber trades = new Subscriber();
    private final Subscriber klines = new Subscriber();
    private final Subscriber book = new Subscriber();

    private StreamConnection open(URI uri, StreamListener listener) {
        wires.add(new Wire(listener));
        return wires.get(wires.size() - 1);
    }

    private Wire connectAll() {
        connections.subscribe(TRADES, trades);
        connections.subscribe(KLINES, klines);
        connections.subscribe(BOOK, book);
        loop.runDue();
        assertThat(wires).hasSize(1);
        wires.get(0).listener.opened();
        return wires.get(0);
    }

    private static String combined(String stream, String data) {
        return "{\"stream\":\"" + stream + "\",\"data\":" + data + "}";
    }

    @Test
    void oneConnectionCarriesThreeKindsAndEachSubscriberGetsItsOwn() {
        Wire wire = connectAll();
        assertThat(wire.sent)
                .containsExactly(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\","
                                + "\"btcusdt@kline_1m\",\"btcusdt@depth@100ms\"],\"id\":1}");
        assertThat(trades.joined).containsExactly(TRADES);
        assertThat(klines.joined).containsExactly(KLINES);
        assertThat(book.joined).containsExactly(BOOK);

        List<String> frames = new ArrayList<>();
        for (String stream : List.of(TRADES, BOOK, KLINES, BOOK, TRADES)) {
            frames.add(combined(stream, "{\"number\":" + frames.size() + "}"));
            wire.bring(frames.get(frames.size() - 1));
        }
        assertThat(trades.frames).containsExactly(frames.get(0), frames.get(4));
        assertThat(klines.frames).containsExactly(frames.get(2));
        assertThat(book.frames).containsExactly(frames.get(1), frames.get(3));

        wire.listener.closed(1006, "");
        assertThat(trades.cut).containsExactly(TRADES);
        assertThat(klines.cut).containsExactly(KLINES);
        assertThat(book.cut).containsExactly(BOOK);
        assertThat(counts.disconnects).isEqualTo(1);
    }

    @Test
    void aFrameWithoutItsNameInFrontGoesByWhatItIs() {
        Wire wire = connectAll();
        String raw = TRADE;
        String named = "{\"data\":" + TRADE + ",\"stream\":\"" + TRADES + "\"}";
        wire.bring(raw);
        wire.bring(named);
        assertThat(trades.frames).containsExactly(raw, named);
        assertThat(klines.frames).isEmpty();
        assertThat(book.frames).isEmpty();
    }

    @Test
    void messagesOfTheConnectionReachNoSubscriber() {
        Wire wire = connectAll();
        wire.bring("{\"result\":null,\"id\":1}");
        wire.bring(combined("!serverShutdown", "{\"e\":\"serverShutdown\",\"E\":1767268800000}"));
        assertThat(trades.frames).isEmpty();
        assertThat(klines.frames).isEmpty();
        assertThat(book.frames).isEmpty();
        assertThat(counts.renewals).as("the server is leaving").isEqualTo(1);
        assertThat(wires).hasSize(2);
    }

    @Test
    void aTradeOfAStreamThatNobodySubscribedToReachesNoSubscriber() {
        Wire wire = connectAll();
        wire.bring(combined("ethusdt@aggTrade", TRADE.replace("BTCUSDT", "ETHUSDT")));
        String single = TRADE.replace("\"aggTrade\"", "\"trade\"").replace("\"a\":7", "\"t\":7");
        wire.bring(combined("btcusdt@trade", single));
        assertThat(trades.frames).isEmpty();
        assertThat(klines.frames).isEmpty();
        assertThat(book.frames).isEmpty();
    }

    @Test
    void aStreamIsGivenUpByItselfAndTheConnectionWithTheLast() {
        Wire wire = connectAll();
        connections.unsubscribe(KLINES);
        wire.bring(combined(BOOK, "{}"));
        wire.bring(combined(TRADES, "{}"));
        assertThat(book.frames).hasSize(1);
        assertThat(trades.frames).hasSize(1);
        assertThat(wire.closed).isFalse();
        connections.unsubscribe(TRADES);
        connections.unsubscribe(BOOK);
        assertThat(wire.closed).isTrue();
    }

    @Test
    void aStreamHasOneSubscriber() {
        connections.subscribe(TRADES, trades);
        assertThatThrownBy(() -> connections.subscribe(TRADES, klines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TRADES);
    }
}
