package io.microstream.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;

/** The live API and page over the results in a database. */
public final class LiveServer implements AutoCloseable {

    private final Vertx vertx;
    private final URI uri;

    private LiveServer(Vertx vertx, URI uri) {
        this.vertx = vertx;
        this.uri = uri;
    }

    /** Binds and serves; the database may come later. */
    public static LiveServer start(ApiConfig config) {
        Vertx vertx = Vertx.vertx();
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(Router.router(vertx))
                        .listen(config.port(), config.host())
                        .await();
        return new LiveServer(
                vertx, URI.create("http://" + config.host() + ":" + server.actualPort()));
    }

    /** Where the page is. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
