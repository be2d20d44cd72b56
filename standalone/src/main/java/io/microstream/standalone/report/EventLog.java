package io.microstream.standalone.report;

import java.io.PrintStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints faults, late trades, anomalies and regime changes of a run to the console, each once, in
 * the order of their times, as they are committed.
 *
 * <p>Where it stands is a {@code pg_snapshot}: what it has not printed yet are the rows of the
 * run's symbols whose transaction that snapshot did not see. They are found by the index on {@code
 * committed_in}, so a look costs what is new, however much the database holds. Rows without that
 * stamp, as of bounded replays, are not printed.
 */
public final class EventLog {

    private static final int REMEMBERED = 10_000;

    private static final String EVENTS =
            """
            WITH now AS (SELECT pg_current_snapshot()::text AS cursor),
            events AS (
            SELECT detected_at AS at, symbol, NULL AS regime,
                   CASE WHEN kind = 'GAP' AND missing = 0
                             THEN 'repaired: ' || repaired || ' trades, ids ' || first_id || ' to ' || last_id || ', '
                                  || regexp_replace(detail, ' \\(.*\\)|, fetched$', '', 'g')
                        WHEN kind = 'GAP'
                             THEN 'gap: ids ' || first_id || ' to ' || last_id || ' are missing at the exchange'
                        WHEN kind = 'DUPLICATE'
                             THEN 'duplicates: ids ' || first_id || ' to ' || last_id || ' dropped'
                        WHEN kind = 'DISCONNECT' THEN 'connection ended: ' || detail
                        WHEN kind = 'STALL' THEN 'stream stalled: ' || detail
                        WHEN kind = 'HALT' THEN 'trading halted: ' || detail
                        WHEN kind = 'ID_RESET' THEN detail
                        WHEN kind = 'MALFORMED' THEN 'malformed message: ' || left(detail, 100)
                             ELSE lower(kind) || ': ' || detail END AS what
              FROM data_quality WHERE {new}
            UNION ALL
            SELECT bar_open_time, symbol, NULL, 'late trade: id ' || agg_trade_id || ' arrived too late for its bar'
              FROM late_trades WHERE {new}
            UNION ALL
            SELECT open_time, symbol, NULL, 'anomaly, severity ' || round(severity::numeric, 1)
              FROM anomalies WHERE is_anomaly AND is_final AND {new}
            UNION ALL
            SELECT open_time, symbol, NULL, 'unlikely under the regime model, surprise ' || round(surprise::numeric, 1)
              FROM regimes WHERE is_surprising AND is_final AND {new}
            UNION ALL
            SELECT open_time, symbol, confirmed_regime, 'confirmed regime is now ' || confirmed_regime
              FROM regimes WHERE is_final AND NOT is_shadow AND {new})
            SELECT now.cursor, events.*
              FROM now LEFT JOIN events ON events.symbol = ANY (?)
             ORDER BY at, symbol, what
            """;
    private static final String NEW =
            "committed_in >= '%1$s'::xid8 AND NOT pg_visible_in_snapshot(committed_in, '%2$s'::pg_snapshot)";

    private final PrintStream out;
    private final List<String> symbols;
    private final Map<String, String> regimes = new HashMap<>();
    private final Map<String, Boolean> printed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private String cursor;

    /**
     * @param symbols of the run
     * @param cursor {@code pg_snapshot} from before the run, as {@link Results#snapshot} returns it
     */
    public EventLog(PrintStream out, Collection<String> symbols, String cursor) {
        this.out = out;
        this.symbols = List.copyOf(symbols);
        this.cursor = cursor;
    }

    /** Prints the events that were committed since the last call. */
    public void printNew(Results results) throws SQLException {
        String since = String.format(NEW, cursor.substring(0, cursor.indexOf(':')), cursor);
        try (Statement plan = results.connection().createStatement();
                PreparedStatement statement =
                        results.connection().prepareStatement(EVENTS.replace("{new}", since))) {
            // What is new is little and at the end of an index, whatever old statistics say.
            plan.execute("SET enable_seqscan = off");
            Object[] names = symbols.toArray();
            statement.setArray(1, results.connection().createArrayOf("text", names));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    cursor = rows.getString("cursor");
                    if (rows.getString("symbol") != null) {
                        print(rows);
                    }
                }
            }
        }
    }

    private void print(ResultSet row) throws SQLException {
        String symbol = row.getString("symbol");
        String regime = row.getString("regime");
        if (regime != null) {
            String before = regimes.put(symbol, regime);
            if (before == null || before.equals(regime)) {
                return;
            }
        }
        String line =
                row.getString("at").substring(0, 16) + " " + symbol + " " + row.getString("what");
        if (printed.put(line, true) == null) {
            out.println(ProgressLine.CLEAR + line);
        }
    }
}
