package io.microstream.standalone.report;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells of what is out of the ordinary, once each, as it is committed. For the demo: it reads whole
 * tables.
 */
public final class EventLog {

    private static final String OUT_OF_THE_ORDINARY =
            """
            SELECT detected_at AS at, symbol,
                   CASE WHEN kind = 'GAP' AND missing = 0
                             THEN 'repaired: ' || repaired || ' trades, ids ' || first_id || ' to ' || last_id || ', '
                                  || regexp_replace(detail, ' \\(.*\\)|, fetched$', '', 'g')
                        WHEN kind = 'GAP'
                             THEN 'hole: ids ' || first_id || ' to ' || last_id || ' are not to be had'
                        WHEN kind = 'DUPLICATE'
                             THEN 'ids ' || first_id || ' to ' || last_id || ' came again and were dropped'
                        WHEN kind = 'DISCONNECT' THEN 'connection ended: ' || detail
                        WHEN kind = 'STALL' THEN 'stream stalled: ' || detail
                        WHEN kind = 'HALT' THEN 'trading halted: ' || detail
                        WHEN kind = 'ID_RESET' THEN detail
                        WHEN kind = 'MALFORMED' THEN 'message not readable: ' || left(detail, 100)
                             ELSE lower(kind) || ': ' || detail END AS what
              FROM data_quality
            UNION ALL
            SELECT bar_open_time, symbol, 'trade ' || agg_trade_id || ' came hours late and is in no bar'
              FROM late_trades
            UNION ALL
            SELECT open_time, symbol, 'anomaly, severity ' || round(severity::numeric, 1)
              FROM anomalies WHERE is_anomaly AND is_final
            UNION ALL
            SELECT open_time, symbol, 'unexpected after the minutes before, surprise ' || round(surprise::numeric, 1)
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
    private final Set<String> told = new HashSet<>();

    public EventLog(PrintStream out) {
        this.out = out;
    }

    public void tell(Results results) throws SQLException {
        try (Statement statement = results.connection().createStatement();
                ResultSet rows = statement.executeQuery(OUT_OF_THE_ORDINARY)) {
            while (rows.next()) {
                String line =
                        rows.getString("at").substring(0, 16)
                                + " "
                                + rows.getString("symbol")
                                + " "
                                + rows.getString("what");
                if (told.add(line)) {
                    out.println(ProgressLine.CLEAR + line);
                }
            }
        }
    }
}
