package io.microstream.standalone;

import io.microstream.job.sinks.jdbc.Database;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One hash a table over its ordered rows: equal hashes, equal results. Provisional rows are left
 * out, and so is when rows were received and written, so that a run that was watched has the hashes
 * of one that was not.
 */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        description =
                "Prints the number of final rows and a SHA-256 over them, in order, of each table: two databases"
                        + " with equal lines hold equal results.")
final class FingerprintCommand implements Callable<Integer> {

    /**
     * What of a table makes its hash. The columns and their order are fixed: a hash that was noted
     * once is good for ever.
     *
     * @param key columns that order it: its primary key
     * @param others the other columns
     * @param hasProvisional true if some of its rows may be provisional
     */
    private record Table(String name, String key, String others, boolean hasProvisional) {

        String rows() {
            return " FROM " + name + (hasProvisional ? " WHERE is_final" : "");
        }
    }

    private static final List<Table> TABLES =
            List.of(
                    new Table(
                            "bars",
                            "symbol, open_time",
                            "open, high, low, close, volume, quote_volume, taker_buy_volume,"
                                    + " taker_buy_quote_volume, trade_count, first_trade_id,"
                                    + " last_trade_id, is_final, complete, revision",
                            true),
                    new Table(
                            "features",
                            "symbol, open_time, schema_version",
                            "momentum, volatility_proxy, activity_ratio, log_volatility, log_volume,"
                                    + " scaled_return, range_surge, volume_surge, taker_imbalance,"
                                    + " baseline_bars, bar_revision",
                            true),
                    new Table(
                            "regimes",
                            "symbol, open_time, model_id, model_version",
                            "regime, confirmed_regime, p_stable, p_volatile, p_crisis, surprise,"
                                    + " is_shadow, bar_revision, surprise_threshold, is_surprising",
                            true),
                    new Table(
                            "anomalies",
                            "symbol, open_time, model_id, model_version",
                            "score, threshold, is_anomaly, severity, attribution, is_shadow,"
                                    + " bar_revision",
                            true),
                    new Table(
                            "data_quality",
                            "symbol, detected_at, kind, first_id",
                            "last_id, missing, repaired, detail",
                            false),
                    new Table(
                            "late_trades",
                            "symbol, agg_trade_id",
                            "price, quantity, first_trade_id, last_trade_id, trade_time,"
                                    + " buyer_is_maker, bar_open_time",
                            false),
                    new Table(
                            "models",
                            "model_id, model_version",
                            "role, symbol, schema_version, sha256, trained_from, trained_to,"
                                    + " effective_from, status, provenance",
                            false));

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "The database")
    private String jdbc;

    @Override
    public Integer call() throws Exception {
        try (Results results = Results.of(Database.at(jdbc))) {
            for (Table table : TABLES) {
                System.out.printf(
                        "%-13s %,12d  %s%n",
                        table.name(),
                        rows(results.connection(), table),
                        hash(results.connection(), table));
            }
        }
        return 0;
    }

    private static long rows(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*)" + table.rows())) {
            count.next();
            return count.getLong(1);
        }
    }

    /**
     * SHA-256 of what COPY writes: text, exact for numeric and double precision, byte order of
     * keys.
     */
    private static String hash(Connection connection, Table table) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String ordered = table.key().replaceAll("(symbol|kind|model_id)", "$1 COLLATE \"C\"");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY (SELECT "
                                    + table.key()
                                    + ", "
                                    + table.others()
                                    + table.rows()
                                    + " ORDER BY "
                                    + ordered
                                    + ") TO STDOUT",
                            out);
        }
        digest.update(table.name().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
