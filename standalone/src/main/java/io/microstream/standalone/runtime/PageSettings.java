package io.microstream.standalone.runtime;

import io.microstream.live.ApiConfig;
import java.nio.file.Path;

/**
 * Where the page and its API listen, and who may see them.
 *
 * @param host address to listen at
 * @param port port to listen at; {@link #FIRST_FREE}, or 0 for any
 * @param token secret that every request must show; null for none
 * @param tokenFile file that holds the token; null for none
 */
public record PageSettings(String host, int port, String token, Path tokenFile) {

    /** Value of {@link #port} that stands for the first free port from 8090 on. */
    public static final int FIRST_FREE = -1;

    /** Returns what to append to the page's address so that it is let in; empty without a token. */
    String tokenNote() {
        return tokenFile == null ? "" : "/#token=, then what " + tokenFile + " holds";
    }

    ApiConfig config(String jdbcUrl, int freePort) {
        return new ApiConfig(jdbcUrl, null, null, host, freePort, token);
    }
}
