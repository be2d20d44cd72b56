package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.loop.HttpThreads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;

/**
 * The JDK's HTTP client: HTTP/1.1, kept-alive connections, no redirects, bodies of bounded size.
 * The time limit spans the request to the last byte of the body, so that a body that trickles ends
 * too.
 *
 * <p>Threads: any may ask; the client's own are daemons. Closing gives up what is under way and
 * ends them.
 */
public final class JdkRestTransport implements RestTransport, AutoCloseable {

    /** Bytes of the largest body that is accepted; all symbols' exchangeInfo has about half. */
    public static final int MAX_BODY = 32 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final BiFunction<HttpClient.Builder, Executor, HttpClient.Builder> settings;
    private final Duration timeout;
    private final int maxBody;
    private final boolean microseconds;
    private final Set<CompletableFuture<RestResponse>> underWay = ConcurrentHashMap.newKeySet();
    private HttpThreads http;
    private boolean closed;

    /** With the time limit and unit of time of the configuration. */
    public JdkRestTransport(RestConfig config) {
        this(config.requestTimeout(), MAX_BODY, config.microseconds(), null);
    }

    JdkRestTransport(Duration timeout, int maxBody, boolean microseconds, SSLContext tls) {
        this.timeout = timeout;
        this.maxBody = maxBody;
        this.microseconds = microseconds;
        Duration connect = timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT;
        this.settings =
                (builder, threads) -> {
                    builder.executor(threads)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(connect);
                    return tls == null ? builder : builder.sslContext(tls);
                };
    }

    @Override
    public CompletableFuture<RestResponse> get(URI uri) {
        CompletableFuture<RestResponse> result = new CompletableFuture<>();
        HttpThreads threads = begin(result);
        if (threads == null) {
            result.completeExceptionally(new IOException("REST transport is closed"));
            return result;
        }
        result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> underWay.remove(result));
        threads.execute(() -> ask(threads, uri, result));
        return result;
    }

    private synchronized HttpThreads begin(CompletableFuture<RestResponse> result) {
        if (closed) {
            return null;
        }
        if (http == null || !http.isUsable()) {
            http = new HttpThreads("binance-rest", settings);
        }
        underWay.add(result);
        return http;
    }

    private void ask(HttpThreads threads, URI uri, CompletableFuture<RestResponse> result) {
        if (result.isDone()) {
            return;
        }
        try {
            BoundedBody body = new BoundedBody(maxBody);
            CompletableFuture<HttpResponse<byte[]>> exchange =
                    threads.client().sendAsync(request(uri), head -> body.begun());
            exchange.whenComplete((response, failure) -> finish(result, body, response, failure));
            result.whenComplete((response, failure) -> exchange.cancel(true));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private HttpRequest request(URI uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", "application/json")
                        .header("User-Agent", "MicroStream");
        if (microseconds) {
            request.header("X-MBX-TIME-UNIT", "MICROSECOND");
        }
        return request.GET().build();
    }

    private static void finish(
            CompletableFuture<RestResponse> result,
            BoundedBody body,
            HttpResponse<byte[]> response,
            Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(body.reasonOf(failure));
            return;
        }
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT),
                                        values.get(values.size() - 1)));
        result.complete(
                new RestResponse(response.statusCode(), Map.copyOf(headers), response.body()));
    }

    @Override
    public void close() {
        HttpThreads threads;
        synchronized (this) {
            closed = true;
            threads = http;
        }
        List.copyOf(underWay).forEach(result -> result.cancel(true));
        if (threads != null) {
            threads.end();
        }
    }
}
