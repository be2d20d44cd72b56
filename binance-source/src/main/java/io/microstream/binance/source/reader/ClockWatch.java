package io.microstream.binance.source.reader;

import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.rest.ClockCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compares this machine's clock with the exchange's, at the start and every ten minutes, and says
 * so in one line when they are more than a second apart, again only when that changes. Nothing but
 * the reported lag depends on it.
 *
 * <p>An exchange that is more than a day away plays the past, and is not warned of: no certificate
 * of a real one would have been accepted by such a clock.
 *
 * <p>Loop thread only.
 */
final class ClockWatch {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration ANOTHER_AGE = Duration.ofDays(1);
    private static final Duration CHANGE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Supplier<CompletableFuture<Long>> serverTimeUs;
    private final InstantSource clock;
    private final LiveCounts counts;
    private final Consumer<String> warn;
    private Duration warnedOf;

    /**
     * @param serverTimeUs asks for the exchange's clock, microseconds since the epoch; answers on
     *     the loop
     */
    ClockWatch(
            EventLoop loop,
            Supplier<CompletableFuture<Long>> serverTimeUs,
            InstantSource clock,
            LiveCounts counts,
            Consumer<String> warn) {
        this.loop = loop;
        this.serverTimeUs = serverTimeUs;
        this.clock = clock;
        this.counts = counts;
        this.warn = warn;
    }

    /** Asks now, and from now on; a question that fails is asked again when the next is due. */
    void check() {
        Instant asked = clock.instant();
        serverTimeUs
                .get()
                .whenComplete(
                        (us, failure) -> {
                            if (failure == null) {
                                judge(ClockCheck.of(asked, us, clock.instant()));
                            }
                            loop.after(EVERY, this::check);
                        });
    }

    private void judge(ClockCheck check) {
        counts.clockSkewMs = check.offset().toMillis();
        Optional<String> warning =
                check.warning().filter(line -> check.offset().abs().compareTo(ANOTHER_AGE) <= 0);
        if (warning.isEmpty()) {
            warnedOf = null;
        } else if (hasChanged(check)) {
            warnedOf = check.offset();
            warn.accept(warning.get());
        }
    }

    private boolean hasChanged(ClockCheck check) {
        return warnedOf == null
                || check.offset()
                                .minus(warnedOf)
                                .abs()
                                .minus(check.uncertainty().abs())
                                .compareTo(CHANGE)
                        > 0;
    }
}
