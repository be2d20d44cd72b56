package io.microstream.live.push;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabasePool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** WebSocketPush alone behind a socket, with limits of a test's choice. */
final class PushServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DatabasePool database;
    private final WebSocketPush push;
    private final URI uri;

    PushServer(String jdbcUrl, PushConfig config) {
        database =
                DatabasePool.open(
                        new DatabaseAddress(jdbcUrl, null, null), 1, Duration.ofSeconds(10), null);
        push = new WebSocketPush(vertx, database, config, InstantSource.system(), meters, "test");
        Router router = Router.router(vertx);
        router.get("/api/v1/stream").handler(context -> PushRoutes.upgrade(context, push));
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setMaxWebSocketFrameSize(65536))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .await();
        uri = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    static PushConfig.ClientLimits limits(int most, int symbols, int perSecond) {
        return limits(most, symbols, perSecond, Duration.ofSeconds(15));
    }

    /**
     * With less patience than a busy machine may need, for clients that read nothing on purpose.
     */
    static PushConfig.ClientLimits limits(int most, int symbols, int perSecond, Duration patience) {
        return new PushConfig.ClientLimits(
                most, symbols, 16_384, perSecond, 10, patience, Duration.ofMillis(400), patience);
    }

    static PushConfig config(PushConfig.ClientLimits clients) {
        return new PushConfig(
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                ChangeFeedTest.limits(20_000, 1_000, 1 << 19, 1 << 20),
                clients);
    }

    URI uri() {
        return uri;
    }

    /** Returns the number of connected clients. */
    int clients() {
        return (int) meters.get("microstream.push.clients").gauge().value();
    }

    /** Returns how many latencies clients have reported. */
    long seenLatencies() {
        return meters.get("microstream.push.received.to.seen").timer().count();
    }

    @Override
    public void close() {
        push.close();
        vertx.close().await();
        database.close();
    }
}
