package io.microstream.live;

import io.microstream.live.rest.Limits;
import io.microstream.testing.PostgresServer;

/** One server over one filled database for all tests that only read; ends with the JVM. */
public final class SharedServer {

    private static final PostgresServer DATABASE = database();
    private static final LiveServer SERVER =
            LiveServer.start(
                    ApiConfig.loopback(DATABASE.url())
                            .withLimits(Limits.DEFAULT.withRate(100_000, 100_000)));

    private SharedServer() {}

    private static PostgresServer database() {
        try {
            return FilledDatabase.start();
        } catch (Exception e) {
            throw new IllegalStateException("No embedded PostgreSQL", e);
        }
    }

    /** Asks it. */
    public static Http http() {
        return new Http(SERVER.uri());
    }

    /** Its database. */
    public static PostgresServer filled() {
        return DATABASE;
    }
}
