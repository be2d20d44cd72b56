package io.microstream.binance.transport.rest;

import io.microstream.binance.wire.JsonReader;
import java.net.URI;

/**
 * What came of one attempt.
 *
 * @param status HTTP status; 0 if there was no answer
 * @param value what the body held, if there is no failure
 * @param failure null if all is well
 * @param statedWeight {@link WeightBudget#NOT_STATED} if the server does not say
 * @param retryAfter seconds; −1 if the server does not say
 */
record Answer<T>(int status, T value, RestException failure, int statedWeight, long retryAfter) {

    private static final int OK = 200;

    /** Reads the response; pure, so any thread will do. */
    static <T> Answer<T> of(URI uri, RestResponse response, JsonReader.Body<T> body) {
        T value = null;
        RestException failure = null;
        if (response.status() == OK) {
            try {
                value = JsonReader.read(response.body(), body);
            } catch (JsonReader.UnreadableException e) {
                failure = RestFailures.unreadable(uri, OK, e.getMessage(), e);
            }
        } else {
            failure = RestFailures.of(uri, response);
        }
        long usedWeight = response.number("x-mbx-used-weight-1m", WeightBudget.NOT_STATED);
        return new Answer<>(
                response.status(),
                value,
                failure,
                (int) Math.min(usedWeight, Integer.MAX_VALUE),
                response.number("retry-after", -1));
    }

    static <T> Answer<T> none(URI uri, Throwable failure) {
        return new Answer<>(
                RestException.NONE,
                null,
                NoConnection.of(uri, failure),
                WeightBudget.NOT_STATED,
                -1);
    }
}
