package io.microstream.live.rows;

import io.microstream.tables.JdbcUrl;
import io.microstream.tables.Secrets;

/**
 * The address of the database that holds the results.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?user=…}
 * @param user may be null if the URL names one
 * @param password may be null
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    /**
     * Takes the password out of the URL, since the driver quotes its URL.
     *
     * @throws IllegalArgumentException with a line for users if the URL cannot be used
     */
    public DatabaseAddress {
        JdbcUrl parsed = JdbcUrl.parse(jdbcUrl);
        jdbcUrl = parsed.url();
        password = password == null ? parsed.password() : password;
        Secrets.add(password);
    }

    /** Returns the URL without its password, which never belongs in a log. */
    @Override
    public String toString() {
        return Secrets.masked(jdbcUrl) + (user == null ? "" : " user=" + user);
    }
}
