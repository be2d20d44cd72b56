package io.microstream.binance.replay.exchange.rest;

import java.util.Map;

/**
 * A request as it came, decoded.
 *
 * @param method upper case
 * @param path e.g. {@code /api/v3/aggTrades}
 * @param query parameters; the last value of each
 * @param microseconds true if the header {@code X-MBX-TIME-UNIT: MICROSECOND} was given
 * @param client address limits are kept for
 */
public record RestCall(
        String method,
        String path,
        Map<String, String> query,
        boolean microseconds,
        String client) {}
