package io.microstream.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of its own on a server, made for one test and dropped when it is closed.
 *
 * @param adminUrl a database of the server that is there already
 * @param name of the new one
 * @param url of the new one
 */
public record TestDatabase(String adminUrl, String name, String url) implements AutoCloseable {

    /**
     * Creates an empty database beside that of {@code adminUrl}; drops an older one of its name.
     */
    public static TestDatabase create(String adminUrl, String name) throws SQLException {
        runIn(
                adminUrl,
                "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)",
                "CREATE DATABASE " + name);
        String url = adminUrl.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
        return new TestDatabase(adminUrl, name, url);
    }

    /** Runs statements, each committed by itself. */
    public void run(String... statements) throws SQLException {
        runIn(url, statements);
    }

    /** Runs statements in the database at {@code url}, each committed by itself. */
    static void runIn(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of a query as text, their columns parted by a bar, times in UTC. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            try (ResultSet result = statement.executeQuery(query)) {
                ResultSetMetaData columns = result.getMetaData();
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(String.join("|", row));
                }
                return rows;
            }
        }
    }

    /** Returns the number of rows of a table. */
    public long count(String table) throws SQLException {
        return number(url, "SELECT count(*) FROM " + table);
    }

    /**
     * Returns the number that a query of one row and column gives in the database at {@code url}.
     */
    public static long number(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Cuts off every other client of this database; returns how many there were. */
    public int cutOffClients() throws SQLException {
        return rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()")
                .size();
    }

    @Override
    public void close() throws SQLException {
        runIn(adminUrl, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
