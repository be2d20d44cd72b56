package io.microstream.live.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.microstream.live.rows.DatabaseAwayException;
import io.microstream.live.rows.FeedState;
import io.microstream.live.rows.Freshness;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Serves the health of server, database and feeds; the latencies of push come from its meters. */
public final class HealthRoutes implements Mount {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RunState.Source runs;
    private ServerContext server;
    private String version;

    /**
     * Creates the routes.
     *
     * @param runs what is known of the runs that write the results
     */
    public HealthRoutes(RunState.Source runs) {
        this.runs = runs;
    }

    @Override
    public void mount(Routes routes, ServerContext server) {
        this.server = server;
        this.version = routes.contract().version();
        routes.operation("getHealth", this::health);
    }

    private ApiResponse health(ApiRequest request) {
        request.mediaType();
        Instant now = server.clock().instant();
        ObjectNode health = Json.object();
        health.put("status", "up");
        health.put("version", version);
        health.put("server_time", now.toString());
        ObjectNode latency = health.objectNode();
        try {
            ObjectNode read =
                    server.database().readOneState(connection -> read(connection, now, latency));
            health.setAll(read);
        } catch (DatabaseAwayException away) {
            health.put("status", "degraded");
            health.set("database", database("down", away.getMessage(), null, now));
            latency.set("received_to_final", emptyLatency());
            health.putArray("feeds");
        }
        latency.set("received_to_committed", metered("microstream.push.received.to.committed"));
        latency.set("committed_to_sent", metered("microstream.push.committed.to.sent"));
        latency.set("received_to_seen", metered("microstream.push.received.to.seen"));
        health.set("latency_ms", latency);
        Gauge clients = server.meters().find("microstream.push.clients").gauge();
        health.put("clients", clients == null ? 0 : (long) clients.value());
        return ApiResponse.json(health);
    }

    private ObjectNode read(Connection connection, Instant now, ObjectNode latency)
            throws SQLException {
        ObjectNode read = latency.objectNode();
        Instant commit =
                FeedState.newestCommit(connection).stream()
                        .findFirst()
                        .map(row -> row.time("newest_commit"))
                        .orElse(null);
        read.set("database", database("up", null, commit, now));
        latency.set("received_to_final", FeedState.finalLatency(connection).json());
        ArrayNode feeds = read.putArray("feeds");
        for (FeedState.Feed feed : FeedState.all(connection)) {
            feeds.add(feed(feed, now));
        }
        return read;
    }

    private static ObjectNode database(String status, String detail, Instant commit, Instant now) {
        ObjectNode database = Json.object();
        database.put("status", status);
        database.put("detail", detail);
        database.put("newest_commit", commit == null ? null : commit.toString());
        database.put("commit_age_seconds", secondsSince(commit, now));
        return database;
    }

    private ObjectNode feed(FeedState.Feed feed, Instant now) {
        Row newest = feed.newest();
        Instant opened = newest.time("newest_open_time");
        Instant end = opened.plus(MINUTE);
        ObjectNode json = newest.json();
        json.put(
                "freshness",
                Freshness.of(runs.of(newest.text("symbol")), now, newest.time("committed_at"), end)
                        .name());
        json.put(
                "as_of",
                (Boolean.TRUE.equals(newest.value("newest_is_final")) ? end : opened).toString());
        json.put("lag_seconds", secondsSince(newest.time("received_at"), now));
        json.set("last_hour", feed.lastHour().json());
        json.set("last_day", feed.lastDay().json());
        return json;
    }

    private static Double secondsSince(Instant time, Instant now) {
        return time == null ? null : Duration.between(time, now).toMillis() / 1000.0;
    }

    private static ObjectNode emptyLatency() {
        return Json.object().put("count", 0).put("p50", (Double) null).put("p99", (Double) null);
    }

    private ObjectNode metered(String name) {
        ObjectNode latency = emptyLatency();
        Timer timer = server.meters().find(name).timer();
        if (timer == null || timer.count() == 0) {
            return latency;
        }
        latency.put("count", timer.count());
        for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
            latency.put(
                    value.percentile() == 0.5 ? "p50" : "p99", value.value(TimeUnit.MILLISECONDS));
        }
        return latency;
    }
}
