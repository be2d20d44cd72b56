package io.microstream.standalone.cli;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.SchemaFaults;
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
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints one hash for each table over its rows in key order; equal hashes mean equal results.
 * Provisional rows and the times of receipt and commit are left out, so a stamped run has the same
 * hashes as an unstamped one.
 */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        description =
                "Prints for each table the number of final rows and a SHA-256 over them in key order. Two databases"
                        + " with equal lines hold equal results.")
final class FingerprintCommand implements Callable<Integer> {

    @Option(names = "--jdbc", required = true, paramLabel = "URL", description = "Database to read")
    private String jdbc;

    @Override
    public Integer call() throws Exception {
        Database database = Databases.of(jdbc);
        try (Results results = Results.existing(database)) {
            for (TableSpec<?> table : Tables.RESULTS) {
                System.out.printf(
                        "%-13s %,12d  %s%n",
                        table.name(),
                        rows(results.connection(), table),
                        hash(results.connection(), table));
            }
        } catch (SQLException e) {
            throw SchemaFaults.explained(database, e);
        }
        return 0;
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
