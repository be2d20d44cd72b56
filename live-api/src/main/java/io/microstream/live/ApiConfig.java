package io.microstream.live;

import io.microstream.live.rest.Limits;
import io.microstream.live.rows.DatabaseAddress;

/**
 * The configuration of the live server.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?user=…}
 * @param user may be null if the URL names one
 * @param password may be null
 * @param host address to bind to
 * @param port 0 for any free one
 * @param token that every request must show, or null for none; needed where {@code host} is not
 *     loopback
 * @param limits beyond which requests are refused
 */
public record ApiConfig(
        String jdbcUrl,
        String user,
        String password,
        String host,
        int port,
        String token,
        Limits limits) {

    public ApiConfig {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException(
                    "No host to bind to: host=" + host + ". Give 127.0.0.1 or an own address");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "Port must be 0 to 65535: port=" + port + ". Give 0 for any free one");
        }
        if (limits == null) {
            limits = Limits.DEFAULT;
        }
    }

    /** Creates a configuration with the default limits. */
    public ApiConfig(
            String jdbcUrl, String user, String password, String host, int port, String token) {
        this(jdbcUrl, user, password, host, port, token, Limits.DEFAULT);
    }

    /** Returns a configuration for loopback, without a token, at any free port. */
    public static ApiConfig loopback(String jdbcUrl) {
        return new ApiConfig(jdbcUrl, null, null, "127.0.0.1", 0, null);
    }

    /** Returns the same configuration with another port. */
    public ApiConfig atPort(int newPort) {
        return new ApiConfig(jdbcUrl, user, password, host, newPort, token, limits);
    }

    /** Returns the same configuration with a token. */
    public ApiConfig withToken(String newToken) {
        return new ApiConfig(jdbcUrl, user, password, host, port, newToken, limits);
    }

    /** Returns the same configuration with other limits. */
    public ApiConfig withLimits(Limits newLimits) {
        return new ApiConfig(jdbcUrl, user, password, host, port, token, newLimits);
    }

    /** Returns the address of the database. */
    DatabaseAddress database() {
        return new DatabaseAddress(jdbcUrl, user, password);
    }

    /** Returns a description for logs, without secrets. */
    @Override
    public String toString() {
        return "ApiConfig["
                + database()
                + " host="
                + host
                + " port="
                + port
                + " token="
                + (token == null ? "none" : "***")
                + " "
                + limits
                + "]";
    }
}
