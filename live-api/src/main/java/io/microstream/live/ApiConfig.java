package io.microstream.live;

/**
 * What the live server can be told.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?user=…}
 * @param user may be null if the URL names one
 * @param password may be null
 * @param host address to bind to
 * @param port 0 for any free one
 * @param token that every request must show, or null for none; needed where {@code host} is not
 *     loopback
 */
public record ApiConfig(
        String jdbcUrl, String user, String password, String host, int port, String token) {

    /** On loopback, without a token, at any free port. */
    public static ApiConfig loopback(String jdbcUrl) {
        return new ApiConfig(jdbcUrl, null, null, "127.0.0.1", 0, null);
    }

    /** The same at another port. */
    public ApiConfig atPort(int newPort) {
        return new ApiConfig(jdbcUrl, user, password, host, newPort, token);
    }
}
