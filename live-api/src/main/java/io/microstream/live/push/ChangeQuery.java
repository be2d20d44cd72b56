package io.microstream.live.push;

import io.microstream.live.rows.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of the six tables that a {@link StreamCursor} has not seen, in one round trip.
 *
 * <p>Each table is asked twice by its index on {@code committed_in}: for numbers not given out
 * then, and for those under way then. What is read is what is new; the size of the tables, and of
 * their parts where they are hypertables, costs nothing but the look into each part's index. Plans
 * are made once for any number ({@code force_generic_plan}); as the planner then guesses that a
 * third of a table is new, it is forbidden to read whole tables.
 *
 * <p>One connection in a transaction of REPEATABLE READ; not kept.
 */
final class ChangeQuery {

    /** Settings for the transaction, sent before its first statement. */
    static final String PLANS =
            "SET LOCAL plan_cache_mode = force_generic_plan;"
                    + " SET LOCAL enable_seqscan = off; SET LOCAL jit = off";

    private static final String BEGIN = PLANS + "; SELECT pg_current_snapshot()::text";

    private static final List<Table> TABLES = Table.ALL;

    private final String sql;
    private final int mostRows;

    /**
     * @param mostRows of one table that are read; more are too many
     */
    ChangeQuery(int mostRows) {
        this.mostRows = mostRows;
        this.sql = TABLES.stream().map(this::sql).collect(Collectors.joining("; "));
    }

    /** Returns the query of one table; its parameters are the first new number and an array. */
    String sql(Table table) {
        String rows =
                String.format(
                        Locale.ROOT,
                        "(SELECT %s, committed_in::text FROM %s WHERE committed_in %%s LIMIT %d)",
                        table.select(),
                        table.name(),
                        mostRows + 1);
        return String.format(Locale.ROOT, rows, ">= ?::text::xid8")
                + " UNION ALL "
                + String.format(Locale.ROOT, rows, "= ANY (?::text[]::xid8[])");
    }

    /** Sets how plans are made and returns the {@code pg_snapshot} of the transaction. */
    static String begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(BEGIN);
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * Reads the changes since a cursor.
     *
     * @param symbols that are followed; others are left out
     * @return empty if a table has more new rows than are read
     */
    Optional<List<Change>> since(StreamCursor cursor, Set<String> symbols, Connection connection)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, cursor, connection);
            List<Change> changes = new ArrayList<>();
            boolean rows = statement.execute();
            for (Table table : TABLES) {
                if (!rows) {
                    throw new SQLException("Expected the rows of a table: table=" + table.name());
                }
                try (ResultSet result = statement.getResultSet()) {
                    if (!take(table, result, symbols, changes)) {
                        return Optional.empty();
                    }
                }
                rows = statement.getMoreResults();
            }
            return Optional.of(changes);
        }
    }

    private void bind(PreparedStatement statement, StreamCursor cursor, Connection connection)
            throws SQLException {
        String[] running = cursor.running().stream().map(String::valueOf).toArray(String[]::new);
        Array array = connection.createArrayOf("text", running);
        for (int i = 0; i < TABLES.size(); i++) {
            statement.setString(2 * i + 1, Long.toString(cursor.xmax()));
            statement.setArray(2 * i + 2, array);
        }
    }

    private boolean take(Table table, ResultSet result, Set<String> symbols, List<Change> changes)
            throws SQLException {
        int symbolAt = symbolColumn(table);
        int count = 0;
        while (result.next()) {
            if (++count > mostRows) {
                return false;
            }
            String symbol = result.getString(symbolAt);
            if (symbols.contains(symbol) || symbol.equals(Change.EVERY_SYMBOL)) {
                long transaction = result.getLong(table.columns().size() + 1);
                changes.add(Change.of(table.read(result), transaction));
            }
        }
        return true;
    }

    private static int symbolColumn(Table table) {
        return table.columns().indexOf(table.column("symbol")) + 1;
    }
}
