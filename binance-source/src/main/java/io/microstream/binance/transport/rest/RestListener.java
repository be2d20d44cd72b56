package io.microstream.binance.transport.rest;

import java.net.URI;
import java.time.Duration;

/** Receives what becomes of requests, for metrics and logs. Called on the loop thread. */
public interface RestListener {

    /** The listener that does nothing with any of it. */
    RestListener NONE = new RestListener() {};

    /** An attempt has ended, well or not. */
    default void outcome(RestOutcome outcome) {}

    /** All requests stop for {@code pause}; {@code reason} is one line. */
    default void paused(Duration pause, String reason) {}

    /** Requests go to another base URL from now on. */
    default void switchedHost(URI from, URI to) {}
}
