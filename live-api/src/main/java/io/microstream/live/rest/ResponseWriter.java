package io.microstream.live.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a response of an {@link ApiResponse}: its ETag, 304 where the client has it already, gzip
 * where the client takes it and it pays. The work is done where the answer is made, not on an event
 * loop.
 *
 * @param ifNoneMatch as sent; null if not
 * @param takesGzip whether the client does
 */
public record ResponseWriter(String ifNoneMatch, boolean takesGzip) {

    /** Fewer bytes are sent as they are. */
    private static final int WORTH_GZIP = 1400;

    private static final int FAST = 2;

    /** A response but for the event loop's part. */
    record Ready(
            ApiResponse answer, String etag, byte[] body, boolean isGzip, boolean isUnchanged) {}

    public static ResponseWriter of(RoutingContext context) {
        String encodings = context.request().getHeader("Accept-Encoding");
        return new ResponseWriter(
                context.request().getHeader("If-None-Match"),
                encodings != null
                        && encodings.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\b).*"));
    }

    Ready prepare(ApiResponse answer) {
        if (answer.status() != 200) {
            return new Ready(answer, null, answer.body(), false, false);
        }
        String etag = etag(answer.body());
        if (ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(etag))) {
            return new Ready(answer, etag, new byte[0], false, true);
        }
        boolean isGzip =
                takesGzip
                        && answer.body().length >= WORTH_GZIP
                        && !answer.contentType().equals(ApiResponse.ZIP);
        return new Ready(answer, etag, isGzip ? gzip(answer.body()) : answer.body(), isGzip, false);
    }

    private static String etag(byte[] body) {
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

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(bytes) {
                    {
                        def.setLevel(FAST);
                    }
                }) {
            gzip.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("Not compressible in memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Sends on the event loop.
     *
     * @throws ProblemException (503) if too many answers lie unread; nothing is sent then
     */
    void send(RoutingContext context, Ready ready, UnreadBytes unread) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        int length = ready.isUnchanged() ? 0 : ready.body().length;
        unread.take(length);
        ready.answer().headers().forEach(response::putHeader);
        response.putHeader("Vary", "Accept, Accept-Encoding");
        response.putHeader("Cache-Control", "no-cache");
        if (ready.etag() != null) {
            response.putHeader("ETag", ready.etag());
        }
        if (ready.isUnchanged()) {
            response.setStatusCode(304).end();
            return;
        }
        response.setStatusCode(ready.answer().status());
        response.putHeader("Content-Type", ready.answer().contentType());
        if (ready.isGzip()) {
            response.putHeader("Content-Encoding", "gzip");
        }
        end(context, Buffer.buffer(ready.body())).onComplete(done -> unread.giveBack(length));
    }

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

    /** Sends the body, or only its length where the method is HEAD; complete when it is taken. */
    public static Future<Void> end(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        if (context.request().method() == HttpMethod.HEAD) {
            return response.putHeader("Content-Length", String.valueOf(body.length())).end();
        }
        return response.end(body);
    }
}
