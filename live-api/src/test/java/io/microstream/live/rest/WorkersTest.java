package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void callsBeyondTheQueueAreRefused() throws Exception {
        Vertx vertx = Vertx.vertx();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        CountDownLatch gate = new CountDownLatch(1);
        try (Workers workers = new Workers(vertx, 1, 1, meters)) {
            Future<Boolean> working = workers.call(() -> gate.await(30, TimeUnit.SECONDS));
            Future<Boolean> waiting = workers.call(() -> true);
            Future<Boolean> refused = workers.call(() -> true);
            assertThat(refused.failed()).isTrue();
            assertThat(((ProblemException) refused.cause()).problem())
                    .isEqualTo(
                            new Problem(
                                    503,
                                    "busy",
                                    "Busy",
                                    "Too many requests wait for the database: waiting=2. Try again shortly",
                                    null,
                                    1));
            assertThat(meters.get("microstream.api.pending").gauge().value()).isEqualTo(2);
            gate.countDown();
            Future.join(working, waiting)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(
                            workers.call(() -> true)
                                    .toCompletionStage()
                                    .toCompletableFuture()
                                    .get(30, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
