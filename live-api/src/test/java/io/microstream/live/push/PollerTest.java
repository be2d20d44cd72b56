package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollerTest {

    @Test
    void orderThatFailsDoesNotEndTheThread() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        PushConfig config = PushConfig.defaults();
        ChangeFeed idle =
                new ChangeFeed(
                        null, config.feed(), InstantSource.system(), new LatencyMetrics(meters));
        CountDownLatch obeyed = new CountDownLatch(1);
        try (Poller poller = new Poller(idle, config, meters, message -> {})) {
            poller.start();
            poller.order(
                    () -> {
                        throw new IllegalStateException("thrown by the test");
                    });
            poller.order(obeyed::countDown);
            assertThat(obeyed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
