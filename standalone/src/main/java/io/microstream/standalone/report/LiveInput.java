package io.microstream.standalone.report;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * A live feed as the input of a run.
 *
 * @param symbols to follow
 * @param streams URL of the exchange's streams
 * @param fromMs earliest event time that is requested, milliseconds since the epoch
 */
public record LiveInput(Set<String> symbols, URI streams, long fromMs) implements RunInput {

    @Override
    public String describe() {
        return "%s live from %s, starting at %s"
                .formatted(String.join(", ", symbols), streams, Instant.ofEpochMilli(fromMs));
    }

    @Override
    public long rows() {
        return UNKNOWN;
    }

    @Override
    public long firstTimeUs() {
        return fromMs * 1000;
    }

    @Override
    public long lastTimeUs() {
        return Instant.parse("9999-12-31T23:59:59Z").toEpochMilli() * 1000;
    }

    @Override
    public boolean isKlines() {
        return false;
    }
}
