package io.microstream.live.rest;

import java.time.Duration;

/**
 * The limits beyond which the server refuses requests.
 *
 * @param requestsPerSecond of one client address, in the long run
 * @param burst requests of one address at once
 * @param connections to the database for requests
 * @param waiting requests that may wait for a connection; more are answered 503
 * @param statementTimeout after which a query is given up
 * @param bodyBytes of a request's body
 * @param rollupRows rows of closed days that are remembered rolled up; about 1 KiB each
 */
public record Limits(
        int requestsPerSecond,
        int burst,
        int connections,
        int waiting,
        Duration statementTimeout,
        int bodyBytes,
        int rollupRows) {

    /** 50 a second in bursts of 200, 4 connections, 64 waiting, 10 s, 64 KiB, 60,000 rows. */
    public static final Limits DEFAULT =
            new Limits(50, 200, 4, 64, Duration.ofSeconds(10), 64 * 1024, 60_000);

    public Limits {
        if (requestsPerSecond < 1
                || burst < 1
                || connections < 1
                || waiting < 1
                || bodyBytes < 1
                || rollupRows < 1) {
            throw new IllegalArgumentException(
                    "Limits must be 1 or more: requestsPerSecond="
                            + requestsPerSecond
                            + " burst="
                            + burst
                            + " connections="
                            + connections
                            + " waiting="
                            + waiting
                            + " bodyBytes="
                            + bodyBytes
                            + " rollupRows="
                            + rollupRows);
        }
        if (statementTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Statement timeout must be 1 ms or more: statementTimeout=" + statementTimeout);
        }
    }

    /** Returns the same limits with another rate. */
    public Limits withRate(int newRequestsPerSecond, int newBurst) {
        return new Limits(
                newRequestsPerSecond,
                newBurst,
                connections,
                waiting,
                statementTimeout,
                bodyBytes,
                rollupRows);
    }
}
