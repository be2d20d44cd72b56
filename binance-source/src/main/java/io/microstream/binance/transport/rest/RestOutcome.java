package io.microstream.binance.transport.rest;

/**
 * How one attempt of a request ended.
 *
 * @param endpoint path, e.g. {@code /api/v3/aggTrades}
 * @param subject the symbol that was asked about, else the path
 * @param priority what it was for
 * @param status HTTP status; 0 if there was no answer
 * @param failure null if it went well
 * @param message one line about the failure; empty if it went well
 * @param attempt 1 for the first
 * @param retried true if it will be asked again
 * @param nanos from sending to the end
 * @param usedWeight weight used in the last minute, as far as known, this request included
 */
public record RestOutcome(
        String endpoint,
        String subject,
        Priority priority,
        int status,
        RestException.Kind failure,
        String message,
        int attempt,
        boolean retried,
        long nanos,
        int usedWeight) {}
