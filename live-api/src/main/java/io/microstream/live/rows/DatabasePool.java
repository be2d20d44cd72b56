package io.microstream.live.rows;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * A pool of connections that can only read: each takes the role {@code microstream_reader} where it
 * may, makes its transactions read-only, speaks UTC and gives up a statement that takes too long.
 *
 * <p>It may be made while the database is away; connections are made when they are needed. All
 * methods block: call them from worker threads only. Safe for any number of threads.
 */
public final class DatabasePool implements AutoCloseable {

    /** Reads with a connection of the pool. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Returns what it reads; must not keep the connection. */
        T from(Connection connection) throws SQLException;
    }

    private static final String PREPARE_CONNECTION =
            """
            SET TIME ZONE 'UTC';
            SET default_transaction_read_only = on;
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_reader')
                   AND to_regclass('bars') IS NOT NULL
                   AND has_table_privilege('microstream_reader', to_regclass('bars'), 'SELECT') THEN
                    PERFORM set_config('role', 'microstream_reader', false);
                END IF;
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE NOTICE 'Role microstream_reader may not be taken; reading as %', current_user;
            END
            $$
            """;

    private final DatabaseAddress address;
    private final HikariDataSource pool;

    private DatabasePool(DatabaseAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
    }

    /**
     * Creates a pool, which connects when somebody reads.
     *
     * @param connections number of connections at most
     * @param statementTimeout time after which a statement is cancelled
     * @param meters counts the pool's connections; may be null
     */
    public static DatabasePool open(
            DatabaseAddress address,
            int connections,
            Duration statementTimeout,
            MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("live-api");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setDataSourceProperties(driver(statementTimeout));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setReadOnly(true);
        config.setAutoCommit(true);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setConnectionInitSql(PREPARE_CONNECTION);
        if (meters != null) {
            config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        }
        return new DatabasePool(address, new HikariDataSource(config));
    }

    private static Properties driver(Duration statementTimeout) {
        Properties properties = new Properties();
        PGProperty.APPLICATION_NAME.set(properties, "microstream live-api");
        PGProperty.CONNECT_TIMEOUT.set(properties, 2);
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) statementTimeout.toSeconds() + 5);
        PGProperty.OPTIONS.set(
                properties, "-c statement_timeout=" + statementTimeout.toMillis() + "ms");
        return properties;
    }

    /** Returns the address of the database. */
    public DatabaseAddress address() {
        return address;
    }

    /**
     * Reads with a connection of the pool.
     *
     * @throws DatabaseAwayException if it cannot be had or is lost, if a statement takes too long,
     *     or if the tables are not there yet
     * @throws BadValueException if a value is not one that it can take
     */
    public <T> T read(Reading<T> reading) {
        try (Connection connection = pool.getConnection()) {
            return reading.from(connection);
        } catch (SQLException e) {
            throw SqlFaults.toThrow(e);
        }
    }

    /**
     * Reads several times from one state of the database, as one transaction.
     *
     * @throws DatabaseAwayException as {@link #read}
     */
    public <T> T readOneState(Reading<T> reading) {
        return read(
                connection -> {
                    connection.setAutoCommit(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    T result = reading.from(connection);
                    connection.rollback();
                    return result;
                });
    }

    @Override
    public void close() {
        pool.close();
    }
}
