package io.microstream.benchmarks.live;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.websocket.JdkStreamTransport;
import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Figure 6: frames a second from WebSocket to a listener that does nothing. */
final class BareTransport {

    private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT"};
    private static final String SUBSCRIBE =
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"ethusdt@aggTrade\"],\"id\":1}";

    private final Plan plan;
    private final Figures figures;

    BareTransport(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    private static final class Counting implements StreamListener {
        private long frames;
        private boolean open;
        private String end;

        @Override
        public void opened() {
            open = true;
        }

        @Override
        public void frame(byte[] bytes, int from, int to, long receivedMs) {
            frames++;
        }

        @Override
        public void closed(int code, String reason) {
            end = code + " " + reason;
        }
    }

    void measure() throws Exception {
        EventLoop loop = new EventLoop(ProcessClock::nanoTime);
        try (RunningExchange exchange = RunningExchange.waiting(20_000, SYMBOLS);
                JdkStreamTransport transport = new JdkStreamTransport(loop)) {
            Counting counting = new Counting();
            StreamConnection connection =
                    transport.open(URI.create(exchange.streams() + "/stream"), counting);
            while (!counting.open && counting.end == null) {
                loop.await(Duration.ofMillis(100));
                loop.runDue();
            }
            connection.send(SUBSCRIBE);
            drive(loop, counting, exchange, plan.warmUp());
            Meter meter = new Meter(exchange);
            long before = counting.frames;
            drive(loop, counting, exchange, plan.run());
            long frames = counting.frames - before;
            figures.note(
                    "6 frames/s of the transport alone",
                    frames / meter.seconds(),
                    meter.cpu(frames) + ", " + Figures.load());
        }
    }

    private static void drive(
            EventLoop loop, Counting counting, RunningExchange exchange, Duration span)
            throws IOException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            loop.await(Duration.ofMillis(100));
            loop.runDue();
            exchange.taken(counting.frames);
            if (counting.end != null) {
                throw new IOException("Connection ended: " + counting.end);
            }
        }
    }
}
