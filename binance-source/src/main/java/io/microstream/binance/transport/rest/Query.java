package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Builds the query of a request; values below 0 are left out. */
final class Query {

    private final StringBuilder text = new StringBuilder();

    static Query symbol(String symbol) {
        return new Query().with("symbol", symbol);
    }

    Query with(String name, String value) {
        text.append(text.isEmpty() ? "" : "&").append(name).append('=');
        text.append(URLEncoder.encode(value, UTF_8));
        return this;
    }

    Query with(String name, long value) {
        return value < 0 ? this : with(name, Long.toString(value));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
