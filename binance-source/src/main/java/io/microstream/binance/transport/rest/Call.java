package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.wire.JsonReader;
import java.net.URI;
import java.net.URLDecoder;
import java.util.concurrent.CompletableFuture;

/** A request from asking to its end, over all attempts. Loop thread only. */
final class Call<T> implements Comparable<Call<?>> {

    private static final String SYMBOL = "symbol=";

    final String endpoint;
    final String query;
    final int weight;
    final Priority priority;
    final JsonReader.Body<T> body;
    final CompletableFuture<T> future = new CompletableFuture<>();

    long sequence;
    int attempt;
    int unreadable;
    int generation;
    URI uri;
    long sentNanos;
    CompletableFuture<RestResponse> exchange;
    Timer timer;

    Call(String endpoint, Query query, int weight, Priority priority, JsonReader.Body<T> body) {
        this.endpoint = endpoint;
        this.query = query.toString();
        this.weight = weight;
        this.priority = priority;
        this.body = body;
    }

    /** Returns the symbol that is asked about, else the path. */
    String subject() {
        String symbol = query.startsWith(SYMBOL) ? query.substring(SYMBOL.length()) : "";
        return symbol.isEmpty() ? endpoint : URLDecoder.decode(symbol.split("&")[0], UTF_8);
    }

    /** By priority, then by age; a request that is sent again keeps its age. */
    @Override
    public int compareTo(Call<?> other) {
        int byPriority = priority.compareTo(other.priority);
        return byPriority != 0 ? byPriority : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
