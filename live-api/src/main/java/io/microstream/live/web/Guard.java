package io.microstream.live.web;

import io.microstream.live.rest.OneLine;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Checks who may access the server, and sets the headers that keep browsers safe.
 *
 * <p>The Host header must be this machine's loopback or the address the server is bound to, so that
 * a foreign name that resolves here (DNS rebinding) gets nothing; an Origin, where one is sent,
 * must be the server itself. There are no CORS headers. Where the server has a token, everything
 * under {@code /api} and {@code /metrics} needs it; the page's files do not, as the page reads the
 * token from its own address.
 */
final class Guard implements Handler<RoutingContext> {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final String boundHost;
    private final byte[] token;
    private final RateLimit rate;

    Guard(String boundHost, String token, RateLimit rate) {
        this.boundHost = boundHost.toLowerCase(Locale.ROOT);
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.rate = rate;
    }

    /** Returns whether an address to bind to can be reached from this machine only. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT))
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public void handle(RoutingContext context) {
        secure(context);
        refuseForeignHost(context.request());
        refuseForeignOrigin(context.request());
        context.next();
    }

    /** Checks rate limit and token of everything that costs more than a file in memory. */
    void admit(RoutingContext context) {
        rate.admit(context.request());
        if (token != null) {
            refuseWithoutToken(context);
        }
        context.next();
    }

    private static void secure(RoutingContext context) {
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                                + " form-action 'self'; object-src 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    private void refuseForeignHost(HttpServerRequest request) {
        String host =
                request.authority() == null
                        ? ""
                        : request.authority().host().toLowerCase(Locale.ROOT);
        boolean isAny = boundHost.equals("0.0.0.0") || boundHost.equals("::");
        if (!LOOPBACK.contains(host) && !host.equals(boundHost) && !(isAny && isAddress(host))) {
            throw new ProblemException(
                    Problem.foreign(
                            "Foreign host: host="
                                    + OneLine.of(host)
                                    + ". Ask by the address that the server is bound to"));
        }
    }

    /** Returns whether a host is an address in digits, which cannot be rebound. */
    private static boolean isAddress(String host) {
        return host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.matches("\\[?[0-9a-f:.]+]?");
    }

    private static void refuseForeignOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return;
        }
        String own = request.scheme() + "://" + request.getHeader("Host");
        if (!origin.equalsIgnoreCase(own)) {
            throw new ProblemException(
                    Problem.foreign(
                            "Foreign origin: origin="
                                    + OneLine.of(origin)
                                    + ". Only the server's own page may ask from a browser"));
        }
    }

    private void refuseWithoutToken(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        String shown =
                header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                        ? header.substring(7).strip()
                        : context.request().getParam("token");
        if (shown == null
                || !MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), token)) {
            throw new ProblemException(
                    Problem.tokenNeeded(
                            (shown == null ? "Token missing" : "Token wrong")
                                    + ": path="
                                    + OneLine.of(context.request().path())
                                    + ". Send Authorization: Bearer TOKEN"));
        }
    }
}
