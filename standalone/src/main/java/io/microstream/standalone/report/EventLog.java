package io.microstream.standalone.report;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Prints faults, late trades, anomalies and regime changes to the console, each once, as they are
 * committed. It reads whole tables, which suits short runs.
 */
public final class EventLog {

    private static final String EVENTS =
            """
            SELECT detected_at AS at, symbol,
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
              FROM data_quality
            UNION ALL
            SELECT bar_open_time, symbol, 'late trade: id ' || agg_trade_id || ' arrived too late for its bar'
              FROM late_trades
            UNION ALL
            SELECT open_time, symbol, 'anomaly, severity ' || round(severity::numeric, 1)
              FROM anomalies WHERE is_anomaly AND is_final
            UNION ALL
            SELECT open_time, symbol, 'unlikely under the regime model, surprise ' || round(surprise::numeric, 1)
              FROM regimes WHERE is_surprising AND is_final
            UNION ALL
            SELECT open_time, symbol, 'confirmed regime is now ' || confirmed_regime
              FROM (SELECT open_time, symbol, confirmed_regime,
                           lag(confirmed_regime) OVER (PARTITION BY symbol ORDER BY open_time) AS before
                      FROM regimes WHERE is_final) changes
             WHERE confirmed_regime <> before
            ORDER BY at, symbol, what
            """;

    private final PrintStream out;
    private final Set<String> printed = new HashSet<>();

    public EventLog(PrintStream out) {
        this.out = out;
    }

    /** Prints the events that were committed since the last call. */
    public void printNew(Results results) throws SQLException {
        try (Statement statement = results.connection().createStatement();
                ResultSet rows = statement.executeQuery(EVENTS)) {
            while (rows.next()) {
                String line =
                        rows.getString("at").substring(0, 16)
                                + " "
                                + rows.getString("symbol")
                                + " "
                                + rows.getString("what");
                if (printed.add(line)) {
                    out.println(ProgressLine.CLEAR + line);
                }
            }
        }
    }
}
