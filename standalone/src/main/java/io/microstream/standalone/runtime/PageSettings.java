package io.microstream.standalone.runtime;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.live.ApiConfig;
import java.nio.file.Path;

/**
 * Says where the page and its API listen and who may access them.
 *
 * @param host address to listen on
 * @param port port to listen on; {@link #FIRST_FREE}, or 0 for any
 * @param token secret that every API request must carry; null for none
 * @param tokenFile file that holds the token; null for none
 */
public record PageSettings(String host, int port, String token, Path tokenFile) {

    /** Value of {@link #port} that stands for the first free port from 8090. */
    public static final int FIRST_FREE = -1;

    /** Returns how to add the token to the page's address; empty without a token. */
    String tokenNote() {
        return tokenFile == null ? "" : "/#token=SECRET (SECRET is in " + tokenFile + ")";
    }

    ApiConfig config(Database database, int freePort) {
        return new ApiConfig(
                database.url(), database.user(), database.password(), host, freePort, token);
    }
}
