package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.transport.loop.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** An exchange in virtual time: a script answers, and every request is remembered with its time. */
final class VirtualExchange implements RestTransport {

    static final String EMPTY = "[]";
    private static final int MOST_REQUESTS = 1_000_000;

    /** What the script says to a request. */
    record Reply(
            int status,
            Map<String, String> headers,
            byte[] body,
            Throwable failure,
            boolean never,
            Duration latency) {

        static Reply of(int status, String body) {
            return new Reply(
                    status, Map.of(), body.getBytes(UTF_8), null, false, Duration.ofMillis(50));
        }

        static Reply ok(String body) {
            return of(200, body);
        }

        static Reply fails(IOException failure) {
            return new Reply(0, Map.of(), new byte[0], failure, false, Duration.ofMillis(50));
        }

        static Reply hangs() {
            return new Reply(0, Map.of(), new byte[0], null, true, Duration.ZERO);
        }

        Reply with(String header, Object value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value.toString());
            return new Reply(status, more, body, failure, never, latency);
        }

        Reply after(Duration newLatency) {
            return new Reply(status, headers, body, failure, never, newLatency);
        }
    }

    /** A request as it arrived. */
    record Request(long millis, URI uri) {}

    final EventLoop loop = new EventLoop(() -> this.nanos);
    final List<Request> requests = new ArrayList<>();
    final List<RestOutcome> outcomes = new ArrayList<>();
    final WeightBudget budget = new WeightBudget();
    final RestListener listener =
            new RestListener() {
                @Override
                public void outcome(RestOutcome outcome) {
                    outcomes.add(outcome);
                }
            };
    Function<URI, Reply> script = uri -> Reply.ok(EMPTY);
    private long nanos;

    BinanceRest client(RestConfig config) {
        return new BinanceRest(config, this, budget, loop, 7, listener);
    }

    @Override
    public CompletableFuture<RestResponse> get(URI uri) {
        requests.add(new Request(millis(), uri));
        Reply reply = script.apply(uri);
        CompletableFuture<RestResponse> answer = new CompletableFuture<>();
        if (!reply.never) {
            loop.after(reply.latency, () -> deliver(reply, answer));
        }
        return answer;
    }

    private static void deliver(Reply reply, CompletableFuture<RestResponse> answer) {
        if (reply.failure != null) {
            answer.completeExceptionally(reply.failure);
        } else {
            answer.complete(new RestResponse(reply.status, reply.headers, reply.body));
        }
    }

    long millis() {
        return nanos / 1_000_000;
    }

    /** Lets time pass until the future is done; fails if nothing is left to happen. */
    <T> CompletableFuture<T> run(CompletableFuture<T> future) {
        while (!future.isDone()) {
            if (requests.size() > MOST_REQUESTS) {
                throw new AssertionError("asks for ever, at ms=" + millis());
            }
            if (!loop.runDue()) {
                long due = loop.nextDueNanos();
                if (due == EventLoop.NEVER) {
                    throw new AssertionError("nothing is left to happen at ms=" + millis());
                }
                nanos = Math.max(nanos, due);
            }
        }
        return future;
    }

    /** Lets that much time pass. */
    void pass(Duration time) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        loop.after(time, () -> over.complete(null));
        run(over);
    }

    RestException failure(CompletableFuture<?> future) {
        try {
            run(future).join();
        } catch (CompletionException e) {
            return (RestException) e.getCause();
        }
        throw new AssertionError("no failure");
    }

    List<Long> sentAtMillis() {
        return requests.stream().map(Request::millis).toList();
    }
}
