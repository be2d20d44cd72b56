package io.microstream.job.sinks.jdbc;

import io.microstream.tables.JdbcUrl;
import io.microstream.tables.Secrets;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

    /**
     * Takes the password out of the URL, since the driver quotes its URL.
     *
     * @throws IllegalArgumentException with a line for users if the URL cannot be used
     */
    public Database {
        JdbcUrl parsed = JdbcUrl.parse(url);
        if (url.contains("reWriteBatchedInserts=true")) {
            throw new IllegalArgumentException(
                    "reWriteBatchedInserts=true breaks upserts of a key twice in a batch: jdbc="
                            + JdbcUrl.quotable(url)
                            + ". Leave it out");
        }
        url = parsed.url();
        password = password == null ? parsed.password() : password;
        Secrets.add(password);
    }

    /**
     * Returns the database of a URL that names the user too, tried again for ten minutes. Without a
     * password in the URL, that of the environment is taken; the driver itself knows {@code
     * ~/.pgpass} and PGPASSFILE.
     */
    public static Database at(String url) {
        Database database = new Database(url, null, null, DEFAULT_PATIENCE);
        return database.password() == null
                ? new Database(url, null, System.getenv("PGPASSWORD"), DEFAULT_PATIENCE)
                : database;
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

    /**
     * Opens a connection by the driver itself: the list of drivers that the JVM keeps does not hold
     * those of every class loader.
     */
    public Connection connect() throws SQLException {
        return new Driver().connect(url, properties());
    }

    /**
     * Takes the driver off the JVM's list if a cluster has loaded it for one job: the list would
     * keep that job's classes for ever.
     */
    static void forgetDriver() {
        try {
            if (Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader()
                    && Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            LOG.warn("The driver stays on the list of drivers: cause={}", e.getMessage());
        }
    }

    /** Returns the URL without its password. */
    @Override
    public String toString() {
        return Secrets.masked(url);
    }
}
