package io.microstream.binance.transport.rest;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Sends GET requests: real ones, or simulated ones in tests. */
public interface RestTransport {

    /**
     * Begins to ask; does not block and does not throw. The future completes on any thread, with
     * whatever status the server gave, or exceptionally: {@link UnusableBodyException} where the
     * answer began but did not arrive whole, {@link java.net.http.HttpTimeoutException} where it
     * took too long, any other {@link java.io.IOException} where there was no connection.
     * Cancelling it gives the request up.
     */
    CompletableFuture<RestResponse> get(URI uri);
}
