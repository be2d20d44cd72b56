package io.microstream.live.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Sends responses on the event loop of their request. Vert.x compresses them as the client accepts
 * and compares entity tags; a client that holds the body already gets 304 without it, HEAD only the
 * headers.
 */
public final class ResponseWriter {

    private ResponseWriter() {}

    /** Returns the weak entity tag of a body: weak, as the compressed body has the same. */
    public static String etag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOf(digest, 12))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No SHA-256 in this JVM", e);
        }
    }

    /**
     * Sends a response; does nothing if the client has gone.
     *
     * @throws ProblemException (503) if too many responses lie unread; nothing is sent then
     */
    static void send(RoutingContext context, ApiResponse response, UnreadBytes unread) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        int length = response.body().length;
        unread.take(length);
        send(context, response).onComplete(done -> unread.giveBack(length));
    }

    /** Sends a response; the future completes when the client has taken it or has gone. */
    public static Future<Void> send(RoutingContext context, ApiResponse response) {
        HttpServerResponse http = context.response().setStatusCode(response.status());
        http.putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
        http.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.headers().forEach(http::putHeader);
        if (http.headers().contains(HttpHeaders.ETAG) && context.isFresh()) {
            http.headers().remove(HttpHeaders.CONTENT_ENCODING);
            return http.setStatusCode(304).end();
        }
        http.putHeader(HttpHeaders.CONTENT_TYPE, response.contentType());
        return end(context, Buffer.buffer(response.body()));
    }

    /** Sends a problem; cuts the connection if part of another response is on its way already. */
    static void problem(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (problem.retryAfterSeconds() > 0) {
            response.putHeader("Retry-After", String.valueOf(problem.retryAfterSeconds()));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"microstream\"");
        }
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store");
        end(context, Buffer.buffer(problem.json().toString()));
    }

    private static Future<Void> end(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        if (context.request().method() == HttpMethod.HEAD) {
            return response.putHeader("Content-Length", String.valueOf(body.length())).end();
        }
        return response.end(body);
    }
}
