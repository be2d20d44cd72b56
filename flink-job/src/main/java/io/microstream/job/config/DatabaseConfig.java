package io.microstream.job.config;

import io.microstream.tables.JdbcUrl;
import java.time.Duration;

/**
 * The database that results are written to.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user may be null if the URL names one
 * @param password may be null
 * @param patience how long the job retries a lost connection before it fails
 * @param stamped whether rows carry the times of their receipt and commit
 * @param overwrites whether complete bars of earlier runs are replaced by complete ones
 */
public record DatabaseConfig(
        String url,
        String user,
        String password,
        Duration patience,
        boolean stamped,
        boolean overwrites) {

    /** Returns a URL with every password in it replaced by {@code ***}. */
    static String masked(String url) {
        return JdbcUrl.quotable(url);
    }

    @Override
    public String toString() {
        return masked(url) + (user == null ? "" : " user=" + user) + " patience=" + patience;
    }
}
