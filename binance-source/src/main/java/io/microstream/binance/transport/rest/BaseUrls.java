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

    /** Identifies the one in use; grows with each switch. */
    int generation() {
        return index;
    }

    URI current() {
        return urls.get(index % urls.size());
    }

    URI resolve(String endpoint, String query) {
        return URI.create(current() + endpoint + (query.isEmpty() ? "" : "?" + query));
    }

    /** The server behind that one has answered, whatever it said. */
    void answered(int generation) {
        if (generation == index) {
            failures = 0;
        }
    }

    /** No connection to that one; true if another is in use from now on. */
    boolean failed(int generation) {
        if (generation != index || ++failures < FAILURES_TO_SWITCH || urls.size() == 1) {
            return false;
        }
        failures = 0;
        index++;
        return true;
    }
}
