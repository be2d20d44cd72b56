package io.microstream.job.sinks.jdbc;

import io.microstream.tables.Column;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Notes in stored bars which run made the same bar, or another one that was refused: what the
 * report at the end of a run counts.
 */
final class RefusedBars {

    private static final String NOTE =
            """
            UPDATE bars AS t
               SET confirmed_by = CASE WHEN same THEN run ELSE nullif(t.confirmed_by, run) END,
                   contested_by = CASE WHEN same THEN nullif(t.contested_by, run) ELSE run END
              FROM (SELECT b.symbol, b.open_time, ?::bigint AS run,
                           coalesce(b.bar_digest, DIGEST) = ? AS same
                      FROM bars b
                     WHERE b.symbol = ? AND b.open_time = ?) AS n
             WHERE t.symbol = n.symbol AND t.open_time = n.open_time AND t.run_id IS DISTINCT FROM run
            """
                    .replace("DIGEST", BarOrder.digestOfNumbers("b"));

    private final PreparedStatement statement;
    private final Column symbol = Tables.BARS.column("symbol");
    private final Column openTime = Tables.BARS.column("open_time");
    private final Column runId = Tables.BARS.column(TableSpec.RUN_ID);
    private final Column digest = Tables.BARS.column(TableSpec.BAR_DIGEST);

    RefusedBars(Connection connection) throws SQLException {
        this.statement = connection.prepareStatement(NOTE);
    }

    /** Notes the rows of a batch that were refused. */
    void note(List<Object[]> refused) throws SQLException {
        for (Object[] row : refused) {
            bind(1, runId, row);
            bind(2, digest, row);
            bind(3, symbol, row);
            bind(4, openTime, row);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private void bind(int at, Column column, Object[] row) throws SQLException {
        column.type().bind(statement, at, row[Tables.BARS.columns().indexOf(column)]);
    }
}
