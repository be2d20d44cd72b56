package io.microstream.live.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for blocking work, with a bounded queue: a call behind too many others is refused at
 * once, so that a slow database costs responses and not the memory of the server.
 */
public final class Workers implements AutoCloseable {

    private final WorkerExecutor executor;
    private final AtomicInteger pending = new AtomicInteger();
    private final int most;

    /**
     * Starts the threads.
     *
     * @param threads that work
     * @param waiting calls that may wait for one
     */
    public Workers(Vertx vertx, int threads, int waiting, MeterRegistry meters) {
        this.executor =
                vertx.createSharedWorkerExecutor("live-api-worker", threads, 60, TimeUnit.SECONDS);
        this.most = threads + waiting;
        Gauge.builder("microstream.api.pending", pending, AtomicInteger::get)
                .description("Requests at work in the database or waiting for it")
                .register(meters);
    }

    /**
     * Runs a call on one of the threads; the future completes on the caller's event loop. It fails
     * with a {@link ProblemException} (503) if too many are waiting.
     */
    public <T> Future<T> call(Callable<T> call) {
        if (pending.incrementAndGet() > most) {
            pending.decrementAndGet();
            return Future.failedFuture(
                    new ProblemException(
                            Problem.busy(
                                    "Too many requests wait for the database: waiting="
                                            + most
                                            + ". Try again shortly")));
        }
        return executor.executeBlocking(call, false).onComplete(done -> pending.decrementAndGet());
    }

    @Override
    public void close() {
        executor.close();
    }
}
