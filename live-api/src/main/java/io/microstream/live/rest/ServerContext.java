package io.microstream.live.rest;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.microstream.live.rows.DatabasePool;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * What every part of the server stands on.
 *
 * @param vertx whose event loops must never be blocked
 * @param database read through {@link #workers} only
 * @param workers where blocking work is done
 * @param meters shown at {@code /metrics}
 * @param clock of the server
 * @param limits what it takes on
 */
public record ServerContext(
        Vertx vertx,
        DatabasePool database,
        Workers workers,
        PrometheusMeterRegistry meters,
        Clock clock,
        Limits limits) {}
