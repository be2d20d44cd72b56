package io.microstream.standalone.report;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * One hash for each table over its rows in key order; equal hashes mean equal results. Provisional
 * rows and the times of receipt and commit are left out, so a stamped run has the same hashes as an
 * unstamped one.
 */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * Returns a line for each table: its name, the number of its final rows, and the hash.
     *
     * @throws UserError if the database cannot be read
     */
    public static List<String> of(Database database) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Results results = Results.existing(database)) {
            for (TableSpec<?> table : Tables.RESULTS) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%-13s %,12d  %s",
                                table.name(),
                                rows(results.connection(), table),
                                hash(results.connection(), table)));
            }
        } catch (SQLException e) {
            throw SchemaFaults.explained(database, e);
        }
        return lines;
    }

    private static long rows(Connection connection, TableSpec<?> table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*)" + finalRows(table))) {
            count.next();
            return count.getLong(1);
        }
    }

    /**
     * Returns the SHA-256 of what COPY writes: text, exact for numeric and double precision, in the
     * order of the keys' bytes.
     */
    private static String hash(Connection connection, TableSpec<?> table) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String copy =
                "COPY (SELECT %s%s ORDER BY %s) TO STDOUT"
                        .formatted(
                                String.join(", ", table.fingerprint()),
                                finalRows(table),
                                table.keyOrder());
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out);
        }
        digest.update(table.name().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String finalRows(TableSpec<?> table) {
        return " FROM " + table.name() + " WHERE " + table.finalCondition();
    }
}
