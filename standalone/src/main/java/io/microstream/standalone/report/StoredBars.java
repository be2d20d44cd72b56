package io.microstream.standalone.report;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Compares what a run sent to the database with what is stored there at its end.
 *
 * @param written bars of the run that are stored
 * @param confirmed bars of the run that an earlier run had stored already, equal and with a longer
 *     history behind their features
 * @param contested bars of the run that were refused, since a bar with other numbers stays
 * @param first the first of the contested bars, as symbol and minute; empty if there is none
 * @param changed bars of the run whose stored numbers are not those that were sent
 * @param strangers rows of features, regimes and anomalies that were computed from a bar with other
 *     numbers than the one stored beside them, which another run made
 * @param featureless bars of the run without the features computed from them
 */
record StoredBars(
        long written,
        long confirmed,
        long contested,
        String first,
        long changed,
        long strangers,
        long featureless) {

    private static final String NUMBERS =
            "bar_digest(b.open, b.high, b.low, b.close, b.volume, b.quote_volume, b.taker_buy_volume,"
                    + " b.taker_buy_quote_volume, b.trade_count)";
    private static final String RANGE =
            " b.symbol = ANY(?) AND b.open_time BETWEEN ? AND ? AND b.is_final";
    private static final String BARS =
            "SELECT count(*) FILTER (WHERE b.run_id = r.id),"
                    + " count(*) FILTER (WHERE b.run_id <> r.id AND b.confirmed_by = r.id),"
                    + " count(*) FILTER (WHERE b.contested_by = r.id),"
                    + " min(to_char(b.open_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || b.symbol)"
                    + " FILTER (WHERE b.contested_by = r.id),"
                    + " count(*) FILTER (WHERE b.run_id = r.id AND b.bar_digest <> "
                    + NUMBERS
                    + "), count(*) FILTER (WHERE b.run_id = r.id AND (b.complete OR b.trade_count <> 0)"
                    + " AND NOT EXISTS (SELECT FROM features f WHERE f.symbol = b.symbol"
                    + " AND f.open_time = b.open_time AND f.is_final))"
                    + " FROM (SELECT ?::bigint AS id) AS r CROSS JOIN bars AS b WHERE"
                    + RANGE;
    private static final String STRANGERS =
            "SELECT count(*) FROM TABLE AS t JOIN bars AS b USING (symbol, open_time) WHERE t.is_final"
                    + " AND t.run_id IS DISTINCT FROM b.run_id AND t.bar_digest <> coalesce(b.bar_digest, "
                    + NUMBERS
                    + ") AND (b.run_id = ? OR t.run_id = ?) AND"
                    + RANGE;

    /** Asks the database, in a range of event times in microseconds. */
    static StoredBars of(
            long runId, Results results, Collection<String> symbols, long fromUs, long toUs)
            throws SQLException {
        long strangers = 0;
        for (String table : List.of("features", "regimes", "anomalies")) {
            try (PreparedStatement query =
                    results.connection().prepareStatement(STRANGERS.replace("TABLE", table))) {
                query.setLong(1, runId);
                query.setLong(2, runId);
                results.bindRange(query, 3, symbols, fromUs, toUs);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    strangers += row.getLong(1);
                }
            }
        }
        try (PreparedStatement query = results.connection().prepareStatement(BARS)) {
            query.setLong(1, runId);
            results.bindRange(query, 2, symbols, fromUs, toUs);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String first = row.getString(4);
                return new StoredBars(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        first == null ? "" : first,
                        row.getLong(5),
                        strangers,
                        row.getLong(6));
            }
        }
    }

    /** Adds what the user has to know, one line each. */
    void judge(long made, Collection<String> warnings, Collection<String> losses) {
        if (confirmed > 0) {
            warnings.add(
                    text(
                            "%,d bars were stored already, equal and with a longer history before them: they and their"
                                    + " features, regimes and anomalies stay. --overwrite replaces them",
                            confirmed));
        }
        if (contested > 0) {
            losses.add(
                    text(
                            "%,d bars were not written: an earlier run stored others for their minutes, complete or of"
                                    + " more trades, which stay with their features, regimes and anomalies. table=bars"
                                    + " first=%s. Give input that holds these minutes whole; --overwrite replaces complete"
                                    + " bars by complete ones",
                            contested, first));
        }
        long unaccounted = made - written - confirmed - contested;
        if (unaccounted > 0) {
            losses.add(
                    text(
                            "%,d bars are not stored: made=%d stored=%d. Another run or user has replaced or deleted them",
                            unaccounted, made, written + confirmed + contested));
        }
        if (changed > 0) {
            losses.add(
                    text(
                            "%,d stored bars do not hold the numbers that were sent: table=bars run_id names this run and"
                                    + " bar_digest differs. They were changed in the database",
                            changed));
        }
        if (strangers > 0) {
            losses.add(
                    text(
                            "%,d rows of features, regimes and anomalies belong to other bars than those stored beside"
                                    + " them. Another run wrote these minutes meanwhile: run one of the two again with"
                                    + " --overwrite",
                            strangers));
        }
        if (featureless > 0) {
            losses.add(
                    text(
                            "%,d bars are stored without their features. Run the input again",
                            featureless));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
