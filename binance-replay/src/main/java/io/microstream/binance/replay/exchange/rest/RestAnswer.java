package io.microstream.binance.replay.exchange.rest;

import java.util.Map;

/**
 * An answer, and how badly it is delivered.
 *
 * @param status HTTP status
 * @param headers besides content type and length
 * @param body JSON
 * @param delayNanos how long the exchange waits before it answers; 0 by default
 * @param truncated true if the connection ends in the middle of the body
 * @param slow true if the body trickles, a byte at a time
 */
public record RestAnswer(
        int status,
        Map<String, String> headers,
        byte[] body,
        long delayNanos,
        boolean truncated,
        boolean slow) {

    /** Creates an answer that is delivered whole and at once. */
    public static RestAnswer of(int status, Map<String, String> headers, byte[] body) {
        return new RestAnswer(status, headers, body, 0, false, false);
    }
}
