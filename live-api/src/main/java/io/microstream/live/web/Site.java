package io.microstream.live.web;

import io.microstream.live.rest.Contract;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.Routes;
import io.microstream.live.rest.ServerContext;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;

/** Builds the router: access checks, the page's files, rate limit and token, the routes. */
public final class Site {

    private static final int LINE = 8192;
    private static final int HEADERS = 16384;

    /** Level of gzip: a fifth more bytes than the best, at a quarter of its time. */
    private static final int FAST = 2;

    /** Shorter bodies are sent as they are: they fit one packet anyway. */
    private static final int WORTH_COMPRESSING = 1400;

    private Site() {}

    /**
     * Builds the router.
     *
     * @param boundHost address the server is bound to
     * @param token that requests must show; null for none
     */
    public static Router router(
            Vertx vertx, String boundHost, String token, ServerContext server, List<Mount> mounts) {
        Router router = Router.router(vertx);
        Routes routes = new Routes(router, Contract.load(), server);
        Guard guard = new Guard(boundHost, token, new RateLimit(server.limits(), server.clock()));
        router.route().handler(guard);
        new PageFiles().mount(router);
        router.route().handler(guard::admit);
        mounts.forEach(mount -> mount.mount(routes, server));
        routes.finish();
        return router;
    }

    /**
     * Refuses to be open to the network without a token.
     *
     * @throws IllegalArgumentException if the host is not loopback and there is no token
     */
    public static void requireTokenBeyondLoopback(String host, String token) {
        if (token != null && token.isBlank()) {
            throw new IllegalArgumentException(
                    "Token is empty: host="
                            + host
                            + ". Give one of 16 characters or more, or none");
        }
        if (!Guard.isLoopback(host) && token == null) {
            throw new IllegalArgumentException(
                    "Open to the network without token: host="
                            + host
                            + ". Give a token, or bind to 127.0.0.1");
        }
    }

    /** Refuses requests that are malformed, or too large for the router. */
    public static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        boolean isLong = cause instanceof TooLongHttpLineException;
        boolean isLarge = cause instanceof TooLongHttpHeaderException;
        Problem problem =
                isLong
                        ? Problem.tooLong(
                                414, "Address too long: limitBytes=" + LINE + ". Ask shorter")
                        : isLarge
                                ? Problem.tooLong(
                                        431,
                                        "Headers too large: limitBytes=" + HEADERS + ". Send fewer")
                                : Problem.badRequest("Request not readable. Send HTTP/1.1");
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(problem.json().toString())
                .onComplete(done -> request.connection().close());
    }

    /**
     * Returns the settings of the HTTP server. It speaks HTTP/1.1 only: browsers speak no other in
     * clear text, and over HTTP/2 Vert.x 5.0.10 labels some bodies gzip without compressing them.
     */
    public static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(120)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setCompressionLevel(FAST)
                .setCompressionContentSizeThreshold(WORTH_COMPRESSING)
                .setMaxInitialLineLength(LINE)
                .setMaxHeaderSize(HEADERS)
                .setMaxWebSocketFrameSize(65536)
                .setMaxWebSocketMessageSize(65536)
                .setWebSocketClosingTimeout(2)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxFormAttributeSize(0);
    }
}
