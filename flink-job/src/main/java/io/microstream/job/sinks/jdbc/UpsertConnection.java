package io.microstream.job.sinks.jdbc;

import io.microstream.tables.TableSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the database, opened when rows are to be written, with its prepared upsert. */
final class UpsertConnection implements UpsertTarget {

    private static final Logger LOG = LoggerFactory.getLogger(UpsertConnection.class);
    private static final int VALIDITY_CHECK_SECONDS = 10;

    private final Database database;
    private final Upsert upsert;
    private final CommitLatency latency;
    private final TableSpec<?> table;
    private final int revision;
    private final Counter refused;
    private boolean isFirstRefused = true;
    private RefusedBars refusedBars;
    private Connection connection;
    private PreparedStatement statement;

    /**
     * @param refused counts final rows that a stored one of another run, or a newer revision, kept
     *     out
     */
    UpsertConnection(UpsertSink<?> sink, CommitLatency latency, Counter refused) {
        this.database = sink.database();
        this.upsert =
                new Upsert(sink.table(), sink.writing().isStamped(), sink.writing().overwrites());
        this.table = sink.table();
        this.revision =
                table.hasOrigin()
                        ? table.columns().indexOf(table.column(table.revisionColumn()))
                        : -1;
        this.refused = refused;
        this.latency = latency;
    }

    @Override
    public void write(List<Object[]> rows) throws SQLException {
        if (connection == null) {
            connection = database.connect();
            planOnce();
            statement = connection.prepareStatement(upsert.sql());
            refusedBars = Upsert.isBars(table) ? new RefusedBars(connection) : null;
        }
        for (List<Object[]> part : ofDistinctKeys(rows)) {
            writePart(part);
        }
        latency.committed(rows);
    }

    /** Divides rows, in their order, into parts in which no key occurs twice. */
    private List<List<Object[]>> ofDistinctKeys(List<Object[]> rows) {
        List<List<Object[]>> parts = new ArrayList<>();
        Map<List<Object>, Integer> occurrences = new HashMap<>();
        for (Object[] row : rows) {
            int occurrence = occurrences.merge(keyOf(row), 1, Integer::sum);
            if (parts.size() < occurrence) {
                parts.add(new ArrayList<>());
            }
            parts.get(occurrence - 1).add(row);
        }
        return parts;
    }

    private List<Object> keyOf(Object[] row) {
        return Arrays.asList(row).subList(0, table.key().size());
    }

    private void writePart(List<Object[]> rows) throws SQLException {
        upsert.bind(statement, rows);
        Set<List<Object>> written = new HashSet<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                written.add(upsert.readKey(result));
            }
        }
        if (revision >= 0 && written.size() < rows.size()) {
            noteRefused(
                    rows.stream()
                            .filter(row -> (Integer) row[revision] >= 0)
                            .filter(row -> !written.contains(keyOf(row)))
                            .toList());
        }
    }

    private void noteRefused(List<Object[]> kept) throws SQLException {
        if (kept.isEmpty()) {
            return;
        }
        refused.inc(kept.size());
        if (isFirstRefused) {
            isFirstRefused = false;
            LOG.info(
                    "Rows stay as another run wrote them: database={} table={} first={} {}",
                    database,
                    table.name(),
                    kept.get(0)[0],
                    kept.get(0)[1]);
        }
        if (refusedBars != null) {
            refusedBars.note(kept);
        }
    }

    /**
     * Makes the upsert be planned once rather than for each batch, and by its keys, whatever
     * statistics say of tables that were empty when it was planned.
     */
    private void planOnce() throws SQLException {
        try (Statement settings = connection.createStatement()) {
            settings.execute(
                    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
                            + " SET enable_hashjoin = off; SET enable_mergejoin = off");
        }
    }

    @Override
    public boolean isConnectionLost() {
        try {
            return connection != null && !connection.isValid(VALIDITY_CHECK_SECONDS);
        } catch (SQLException e) {
            LOG.debug("Connection could not be checked, so it is lost", e);
            return true;
        }
    }

    @Override
    public void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("Closing a broken connection failed: cause={}", e.getMessage());
            }
        }
        connection = null;
        statement = null;
    }
}
