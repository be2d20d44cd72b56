package io.microstream.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** An embedded PostgreSQL with a fresh database for whoever asks. */
final class TestDatabase implements AutoCloseable {

    private final EmbeddedDatabase server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestDatabase(EmbeddedDatabase server) {
        this.server = server;
    }

    static TestDatabase start(Path folder) throws IOException {
        return new TestDatabase(EmbeddedDatabase.start(folder, false));
    }

    /** URL of an empty database. */
    String fresh() throws SQLException {
        String name = "fresh" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    static long number(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
