package io.microstream.job.sinks.jdbc;

import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;

/**
 * Where results go.
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

    /** A database whose URL says it all. */
    public static Database at(String url) {
        return new Database(url, null, null, DEFAULT_PATIENCE);
    }

    /** The driver's settings: bounded waits everywhere, so that an outage is noticed. */
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

    /** Without passwords. */
    @Override
    public String toString() {
        return masked(url);
    }

    private static String masked(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
