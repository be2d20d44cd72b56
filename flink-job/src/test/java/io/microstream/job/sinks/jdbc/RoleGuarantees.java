package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The roles of sql/roles.sql may do what they are for, and nothing else. */
interface RoleGuarantees extends SinksFixture {

    @Test
    default void theWriterRunsTheJobAndTheReaderReadsAndNeitherDoesMore() throws Exception {
        Schema.migrate(target());
        try (var script = RoleGuarantees.class.getResourceAsStream("/sql/roles.sql")) {
            String roles = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            database().run(roles);
            database().run(roles);
        }
        String writer = login("writer", "microstream_writer");
        String reader = login("reader", "microstream_reader");
        try {
            Schema.migrate(Database.at(writer));
            run(new TimescaleSinks(Database.at(writer)));
            assertThat(tables()).isNotEmpty();
            refused(writer, "CREATE TABLE mine (x int)");
            refused(writer, "DROP TABLE bars");
            refused(
                    writer,
                    "INSERT INTO labels (symbol, open_time, verdict) VALUES ('X', now(), 'TRUE')");
            Schema.requireCurrent(Database.at(reader));
            assertThat(TestDatabase.number(reader, "SELECT count(*) FROM bars")).isPositive();
            refused(reader, "DELETE FROM bars");
            refused(reader, "UPDATE features SET momentum = 0");
        } finally {
            for (String role : new String[] {"writer", "reader"}) {
                database().run("DROP ROLE " + name(role));
            }
        }
    }

    private String name(String role) {
        return database().name() + "_" + role;
    }

    /** Makes a role that can log in and is a member of a group; returns its URL. */
    private String login(String role, String group) throws Exception {
        database().run("CREATE ROLE " + name(role) + " LOGIN IN ROLE " + group);
        return database().url().replaceFirst("user=\\w+", "user=" + name(role));
    }

    private static void refused(String url, String sql) {
        assertThatThrownBy(
                        () -> {
                            try (Connection connection = DriverManager.getConnection(url);
                                    Statement statement = connection.createStatement()) {
                                statement.execute(sql);
                            }
                        })
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
}
