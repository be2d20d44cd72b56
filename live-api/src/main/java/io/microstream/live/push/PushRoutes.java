package io.microstream.live.push;

import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rest.Routes;
import io.microstream.live.rest.ServerContext;
import io.microstream.live.rows.DatabasePool;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Serves {@code /api/v1/stream}, behind the same access checks as everything else. */
public final class PushRoutes implements Mount {

    private static final String PATH = "/api/v1/stream";
    private static final String VERSION = "0.1.0";

    private final PushConfig config;
    private DatabasePool database;
    private WebSocketPush push;

    public PushRoutes(PushConfig config) {
        this.config = config;
    }

    @Override
    public void mount(Routes routes, ServerContext server) {
        database =
                DatabasePool.open(
                        server.database().address(), 1, server.limits().statementTimeout(), null);
        push =
                new WebSocketPush(
                        server.vertx(), database, config, server.clock(), server.meters(), VERSION);
        routes.router().get(PATH).handler(context -> upgrade(context, push));
    }

    /** Upgrades a request to the WebSocket of a client. */
    static void upgrade(RoutingContext context, WebSocketPush push) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new ProblemException(
                    Problem.badRequest(
                            "Not a WebSocket: path=" + PATH + ". Open it by ws:// or wss://"));
        }
        request.toWebSocket()
                .onSuccess(socket -> push.accept(socket, request.connection()))
                .onFailure(context::fail);
    }

    @Override
    public void close() {
        if (push != null) {
            push.close();
            database.close();
        }
    }
}
