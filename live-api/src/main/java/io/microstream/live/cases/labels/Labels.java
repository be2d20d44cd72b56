package io.microstream.live.cases.labels;

import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabaseAwayException;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.SqlFaults;
import io.microstream.live.rows.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * Writes labels, the only thing that this module writes. Each write uses its own connection, in the
 * role {@code microstream_labeller} where that is available; it can touch nothing else.
 *
 * <p>All methods block. Safe for any number of threads.
 */
public final class Labels {

    private static final String TAKE_ROLE =
            """
            SET TIME ZONE 'UTC';
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_labeller')
                   AND to_regclass('labels') IS NOT NULL
                   AND has_table_privilege('microstream_labeller', to_regclass('labels'), 'INSERT') THEN
                    PERFORM set_config('role', 'microstream_labeller', false);
                END IF;
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE NOTICE 'Role microstream_labeller may not be taken; writing as %', current_user;
            END
            $$
            """;

    private static final String PUT =
            """
            INSERT INTO labels AS l (symbol, open_time, analyst, verdict, note)
            SELECT symbol, open_time, ?, ?, ? FROM bars WHERE symbol = ? AND open_time = ? AND is_final
            ON CONFLICT (symbol, open_time, analyst)
            DO UPDATE SET verdict = EXCLUDED.verdict, note = EXCLUDED.note, labelled_at = clock_timestamp()
            RETURNING %s
            """;

    private static final String DELETE =
            "DELETE FROM labels WHERE symbol = ? AND open_time = ? AND analyst = ?";

    private final DatabaseAddress address;

    public Labels(DatabaseAddress address) {
        this.address = address;
    }

    /**
     * Stores a label of a minute; it replaces that of the same analyst.
     *
     * @return as it is stored now; empty if there is no final bar of that minute
     * @throws DatabaseAwayException if the database cannot be reached or refuses
     */
    public Optional<Row> put(String symbol, Instant openTime, Label label) {
        return write(
                String.format(Locale.ROOT, PUT, Table.LABELS.select()),
                statement -> {
                    statement.setString(1, label.analyst());
                    statement.setString(2, label.verdict().name());
                    statement.setString(3, label.note());
                    statement.setString(4, symbol);
                    statement.setObject(5, openTime.atOffset(ZoneOffset.UTC));
                    try (ResultSet result = statement.executeQuery()) {
                        return result.next()
                                ? Optional.of(Table.LABELS.read(result))
                                : Optional.empty();
                    }
                });
    }

    /**
     * Removes the label of an analyst on a minute.
     *
     * @return false if there was nothing
     * @throws DatabaseAwayException as {@link #put}
     */
    public boolean delete(String symbol, Instant openTime, String analyst) {
        return write(
                DELETE,
                statement -> {
                    statement.setString(1, symbol);
                    statement.setObject(2, openTime.atOffset(ZoneOffset.UTC));
                    statement.setString(3, analyst);
                    return statement.executeUpdate() > 0;
                });
    }

    @FunctionalInterface
    private interface Writing<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T write(String sql, Writing<T> writing) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return writing.with(statement);
        } catch (SQLException e) {
            throw SqlFaults.toThrow(e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        PGProperty.APPLICATION_NAME.set(properties, "microstream labels");
        PGProperty.CONNECT_TIMEOUT.set(properties, 2);
        PGProperty.SOCKET_TIMEOUT.set(properties, 15);
        PGProperty.OPTIONS.set(properties, "-c statement_timeout=10s -c lock_timeout=5s");
        if (address.user() != null) {
            PGProperty.USER.set(properties, address.user());
        }
        if (address.password() != null) {
            PGProperty.PASSWORD.set(properties, address.password());
        }
        Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE_ROLE);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
