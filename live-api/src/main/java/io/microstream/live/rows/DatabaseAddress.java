package io.microstream.live.rows;

/**
 * The address of the database that holds the results.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?user=…}
 * @param user may be null if the URL names one
 * @param password may be null
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    public DatabaseAddress {
        if (jdbcUrl == null || !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "Not a PostgreSQL URL: jdbc="
                            + jdbcUrl
                            + ". Give jdbc:postgresql://host:port/database?user=NAME");
        }
    }

    /** Returns the URL without its password, which never belongs in a log. */
    @Override
    public String toString() {
        String masked = jdbcUrl.replaceAll("(?i)(password=)[^&]*", "$1***");
        return masked + (user == null ? "" : " user=" + user);
    }
}
