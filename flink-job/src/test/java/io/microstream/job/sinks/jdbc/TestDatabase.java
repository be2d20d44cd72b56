package io.microstream.job.sinks.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of its own on a server, made for one test.
 *
 * @param adminUrl a database of the server that is there already
 * @param name of the new one
 * @param url of the new one
 */
record TestDatabase(String adminUrl, String name, String url) implements AutoCloseable {

    /** Makes a database beside that of {@code adminUrl}. */
    static TestDatabase create(String adminUrl, String name) throws SQLException {
        run(adminUrl, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        run(adminUrl, "CREATE DATABASE " + name);
        String url = adminUrl.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
        return new TestDatabase(adminUrl, name, url);
    }

    Database database() {
        return Database.at(url);
    }

    void run(String sql) throws SQLException {
        run(url, sql);
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as text, columns parted by a bar. */
    List<String> rows(String query) throws SQLException {
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

    long count(String table) throws SQLException {
        return Long.parseLong(rows("SELECT count(*) FROM " + table).get(0));
    }

    /** Cuts off every other client of this database; returns how many there were. */
    int cutOffClients() throws SQLException {
        return rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()")
                .size();
    }

    @Override
    public void close() throws SQLException {
        run(adminUrl, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
