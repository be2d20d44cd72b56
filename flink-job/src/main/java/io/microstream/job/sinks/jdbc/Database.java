package io.microstream.job.sinks.jdbc;

import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;

/**
 * The database that the job writes its results to.
 *
 * @param url {@code jdbc:postgresql://host:port/database?user=…}
 * @param user may be null if the URL names one
 * @param password may be null
 * @param patience how long a lost connection is tried again before the job gives up
 */
public record Database(String url, String user, String password, Duration patience)
        implements Serializable {

    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

    public Database {
        if (url == null || !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "Not a PostgreSQL URL: jdbc="
                            + url
                            + ". Give jdbc:postgresql://host:port/database?user=NAME");
        }
        if (url.contains("reWriteBatchedInserts=true")) {
            throw new IllegalArgumentException(
                    "reWriteBatchedInserts=true breaks upserts of a key twice in a batch: jdbc="
                            + masked(url)
                            + ". Leave it out");
        }
    }

    /** Returns the database of a URL that names the user too, tried again for ten minutes. */
    public static Database at(String url) {
        return new Database(url, null, null, DEFAULT_PATIENCE);
    }

    /** Returns the driver's settings: every wait is bounded, so that an outage is noticed. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "microstream");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Returns the URL without its password. */
    @Override
    public String toString() {
        return masked(url);
    }

    private static String masked(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
