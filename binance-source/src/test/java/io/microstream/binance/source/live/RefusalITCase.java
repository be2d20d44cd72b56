package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An exchange that does not serve our region ends the job, with the one line that says so. */
@Timeout(60)
class RefusalITCase {

    @Test
    void aGeoBlockFailsTheJobInOneLine() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(451, -1);
                    exchange.close();
                });
        server.start();
        int port = server.getAddress().getPort();
        try (TradeStreamAudit.Run run = new TradeStreamAudit.Run()) {
            BinanceSource source =
                    BinanceSource.builder()
                            .live(
                                    LiveConfig.at(
                                            URI.create("ws://127.0.0.1:" + port),
                                            URI.create("http://127.0.0.1:" + port),
                                            StreamKind.AGG_TRADE))
                            .symbols(List.of("BTCUSDT"), FeedStart.LATEST)
                            .build();
            assertThatThrownBy(() -> new LiveJob(run).run(source))
                    .satisfies(
                            failure -> {
                                String line = root(failure).getMessage();
                                assertThat(line)
                                        .startsWith("HTTP 451")
                                        .contains("port=" + port, "does not serve this region")
                                        .hasLineCount(1);
                            });
            assertThat(run.events).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = ExceptionUtils.stripExecutionException(failure);
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
