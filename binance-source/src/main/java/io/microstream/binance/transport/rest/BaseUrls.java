package io.microstream.binance.transport.rest;

import java.net.URI;
import java.util.List;

/** Which of several base URLs is in use: the next one after repeated failures to connect. */
final class BaseUrls {

    private static final int FAILURES_TO_SWITCH = 3;

    private final List<URI> urls;
    private int index;
    private int failures;

    BaseUrls(List<URI> urls) {
        this.urls = urls;
    }

    /** Returns the number of the base URL in use, which grows with each switch. */
    int generation() {
        return index;
    }

    URI current() {
        return urls.get(index % urls.size());
    }

    URI resolve(String endpoint, String query) {
        return URI.create(current() + endpoint + (query.isEmpty() ? "" : "?" + query));
    }

    /** Notes that the server of a base URL has answered, with whatever status. */
    void answered(int generation) {
        if (generation == index) {
            failures = 0;
        }
    }

    /** Notes a failed connection; returns true if another base URL is in use from now on. */
    boolean failed(int generation) {
        if (generation != index || ++failures < FAILURES_TO_SWITCH || urls.size() == 1) {
            return false;
        }
        failures = 0;
        index++;
        return true;
    }
}
