package io.microstream.standalone;

import io.microstream.job.sinks.Database;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One hash a table over its ordered rows: equal hashes, equal tables. */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        description =
                "Prints the number of rows and a SHA-256 over the ordered rows of each table: two databases"
                        + " with equal lines hold equal results.")
final class FingerprintCommand implements Callable<Integer> {

    /** Table to the columns that order it: its primary key. */
    private static final Map<String, String> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put("bars", "symbol, open_time");
        TABLES.put("features", "symbol, open_time, schema_version");
        TABLES.put("regimes", "symbol, open_time, model_id, model_version");
        TABLES.put("anomalies", "symbol, open_time, model_id, model_version");
        TABLES.put("data_quality", "symbol, detected_at, kind, first_id");
        TABLES.put("late_trades", "symbol, agg_trade_id");
        TABLES.put("models", "model_id, model_version");
    }

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "The database")
    private String jdbc;

    @Override
    public Integer call() throws Exception {
        try (Results results = Results.of(Database.at(jdbc))) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                System.out.printf(
                        "%-13s %,12d  %s%n",
                        table.getKey(),
                        rows(results.connection(), table.getKey()),
                        hash(results.connection(), table.getKey(), table.getValue()));
            }
        }
        return 0;
    }

    private static long rows(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    /**
     * SHA-256 of what COPY writes: text, exact for numeric and double precision, byte order of
     * keys.
     */
    private static String hash(Connection connection, String table, String key) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String ordered = key.replaceAll("(symbol|kind|model_id)", "$1 COLLATE \"C\"");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY (SELECT * FROM " + table + " ORDER BY " + ordered + ") TO STDOUT",
                            out);
        }
        digest.update(table.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
