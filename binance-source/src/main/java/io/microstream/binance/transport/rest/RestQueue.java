package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.loop.Backoff;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.transport.rest.RestException.Kind;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls in the order of {@link Call#compareTo}, as far as the budget and the number of
 * connections allow; waits, sends again, or gives up. The head of the queue is not overtaken by a
 * lighter call behind it.
 *
 * <p>Threads: the loop's only; what the transport completes elsewhere is read there and posted.
 */
final class RestQueue {

    private static final Logger LOG = LoggerFactory.getLogger(RestQueue.class);
    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();

    /** So many answers in a row that cannot be read are no damage on the way. */
    private static final int MOST_UNREADABLE = 5;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final RestConfig config;
    private final RestTransport transport;
    private final WeightBudget budget;
    private final EventLoop loop;
    private final BaseUrls urls;
    private final Backoff backoff;
    private final RestListener listener;
    private final PriorityQueue<Call<?>> waiting = new PriorityQueue<>();
    private final Set<Call<?>> underWay = new LinkedHashSet<>();
    private final Set<Call<?>> backingOff = new LinkedHashSet<>();
    private Timer nextLook;
    private long sequence;
    private boolean closed;

    RestQueue(
            RestConfig config,
            RestTransport transport,
            WeightBudget budget,
            EventLoop loop,
            long seed,
            RestListener listener) {
        this.config = config;
        this.transport = transport;
        this.budget = budget;
        this.loop = loop;
        this.urls = new BaseUrls(config.baseUrls());
        this.backoff =
                new Backoff(
                        Duration.ZERO,
                        config.firstBackoff(),
                        config.maxBackoff(),
                        new SplittableRandom(seed));
        this.listener = listener;
    }

    <T> CompletableFuture<T> submit(Call<T> call) {
        call.sequence = sequence++;
        if (closed) {
            call.future.completeExceptionally(closedNow());
        } else {
            waiting.add(call);
            sendWhatMayGo();
        }
        return call.future;
    }

    URI baseUrl() {
        return urls.current();
    }

    private void sendWhatMayGo() {
        if (nextLook != null) {
            nextLook.cancel();
            nextLook = null;
        }
        while (!waiting.isEmpty()) {
            Call<?> head = waiting.peek();
            if (head.future.isDone()) {
                waiting.poll();
                continue;
            }
            if (underWay.size() >= head.priority.slots(config.concurrent())) {
                return;
            }
            long now = loop.nanoTime();
            double share = config.weightShare() * head.priority.part();
            long wait = budget.tryTake(head.weight, share, now);
            if (wait > 0) {
                waitFor(wait, now);
                return;
            }
            send(waiting.poll(), now);
        }
    }

    private void waitFor(long nanos, long now) {
        long pause = budget.blockedUntilNanos() - now;
        if (pause > config.patience().toNanos()) {
            List<Call<?>> hopeless = List.copyOf(waiting);
            waiting.clear();
            hopeless.forEach(call -> call.future.completeExceptionally(pausedFor(pause, call)));
        } else {
            long look = pause > 0 ? nanos : Math.min(nanos, LOOK_AGAIN);
            nextLook = loop.afterNanos(look, this::sendWhatMayGo);
        }
    }

    private <T> void send(Call<T> call, long now) {
        int attempt = ++call.attempt;
        call.sentNanos = now;
        call.generation = urls.generation();
        URI uri = urls.resolve(call.endpoint, call.query);
        call.uri = uri;
        underWay.add(call);
        call.timer = loop.after(config.requestTimeout().plus(GRACE), () -> tooLate(call, attempt));
        call.exchange = transport.get(uri);
        call.exchange.whenComplete(
                (response, failure) -> {
                    Answer<T> answer =
                            failure == null
                                    ? Answer.of(uri, response, call.body)
                                    : Answer.none(uri, failure);
                    loop.execute(() -> ended(call, attempt, answer));
                });
    }

    private <T> void tooLate(Call<T> call, int attempt) {
        Answer<T> none = Answer.none(call.uri, new HttpTimeoutException("no answer"));
        CompletableFuture<RestResponse> exchange = call.exchange;
        ended(call, attempt, none);
        exchange.cancel(true);
    }

    private <T> void ended(Call<T> call, int attempt, Answer<T> answer) {
        if (attempt != call.attempt || !underWay.remove(call)) {
            return;
        }
        call.timer.cancel();
        long now = loop.nanoTime();
        budget.answered(call.sentNanos, call.weight, answer.statedWeight(), now);
        RestException failure = answer.failure();
        boolean retried = failure != null && isWorthAnother(call, failure, answer, now);
        noteConnection(call, failure);
        listener.outcome(outcome(call, answer, retried, now));
        if (failure == null) {
            call.future.complete(answer.value());
        } else if (retried) {
            sendAgain(call, failure);
        } else {
            call.future.completeExceptionally(failure.givenUpAfter(attempt));
        }
        sendWhatMayGo();
    }

    private boolean isWorthAnother(
            Call<?> call, RestException failure, Answer<?> answer, long now) {
        Duration pause = Pauses.after(answer.status(), answer.retryAfter(), loop::ofClock);
        if (!pause.isZero()) {
            budget.blockUntil(now + pause.toNanos(), answer.status());
            LOG.warn("REST pauses. pause={} reason={}", pause, failure.getMessage());
            listener.paused(pause, failure.getMessage());
        }
        call.unreadable = failure.kind() == Kind.UNREADABLE ? call.unreadable + 1 : 0;
        return !failure.kind().isFatal()
                && call.attempt < config.attempts()
                && call.unreadable < MOST_UNREADABLE
                && !call.future.isDone()
                && pause.compareTo(config.patience()) <= 0;
    }

    private void noteConnection(Call<?> call, RestException failure) {
        URI before = urls.current();
        if (failure == null || failure.kind() != Kind.UNREACHABLE) {
            urls.answered(call.generation);
        } else if (urls.failed(call.generation)) {
            LOG.warn(
                    "REST goes to another base URL. from={} to={} reason={}",
                    before,
                    urls.current(),
                    failure.getMessage());
            listener.switchedHost(before, urls.current());
        }
    }

    private RestOutcome outcome(Call<?> call, Answer<?> answer, boolean retried, long now) {
        RestException failure = answer.failure();
        return new RestOutcome(
                call.endpoint,
                call.subject(),
                call.priority,
                answer.status(),
                failure == null ? null : failure.kind(),
                failure == null ? "" : failure.getMessage(),
                call.attempt,
                retried,
                now - call.sentNanos,
                budget.usedWeight(now));
    }

    private void sendAgain(Call<?> call, RestException failure) {
        if (failure.kind() == Kind.BANNED || failure.kind() == Kind.FORBIDDEN) {
            waiting.add(call);
            return;
        }
        backingOff.add(call);
        call.timer =
                loop.afterNanos(
                        backoff.nanosAfter(call.attempt),
                        () -> {
                            backingOff.remove(call);
                            waiting.add(call);
                            sendWhatMayGo();
                        });
    }

    /** Gives everything up; calls that are asked later fail at once. */
    void close() {
        closed = true;
        List<Call<?>> sent = List.copyOf(underWay);
        List<Call<?>> all = new ArrayList<>(sent);
        all.addAll(backingOff);
        all.addAll(waiting);
        underWay.clear();
        backingOff.clear();
        waiting.clear();
        if (nextLook != null) {
            nextLook.cancel();
        }
        long now = loop.nanoTime();
        for (Call<?> call : sent) {
            budget.answered(call.sentNanos, call.weight, WeightBudget.NOT_STATED, now);
            call.exchange.cancel(true);
        }
        for (Call<?> call : all) {
            if (call.timer != null) {
                call.timer.cancel();
            }
            call.future.completeExceptionally(closedNow());
        }
    }

    private static RestException closedNow() {
        return new RestException(Kind.CANCELLED, 0, 0, "REST client is closed", null);
    }

    private RestException pausedFor(long nanos, Call<?> call) {
        int status = budget.blockedByStatus();
        return new RestException(
                status == Pauses.FORBIDDEN ? Kind.FORBIDDEN : Kind.BANNED,
                status,
                RestException.NONE,
                String.format(
                        Locale.ROOT,
                        "The exchange has stopped our requests: endpoint=%s status=%d pause=%s patience=%s. Wait",
                        call.endpoint,
                        status,
                        Duration.ofNanos(nanos).truncatedTo(ChronoUnit.SECONDS),
                        config.patience()),
                null);
    }
}
