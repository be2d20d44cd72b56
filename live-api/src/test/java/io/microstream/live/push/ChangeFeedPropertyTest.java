package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabasePool;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers that overlap, stay open over many polls, commit late or roll back; clients that come, go
 * and come back with their cursors; polls in between. The oracle is {@code SELECT *}.
 */
class ChangeFeedPropertyTest {

    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC");
    private static final int WRITERS = 4;
    private static final int STEPS = 250;
    private static final int MINUTES = 4;

    private static PostgresServer server;
    private static DatabasePool database;
    private static HikariDataSource reader;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start().migrated();
        reader = new HikariDataSource();
        reader.setJdbcUrl(server.url());
        reader.setMaximumPoolSize(1);
        database =
                DatabasePool.open(
                        new DatabaseAddress(server.url(), null, null),
                        2,
                        Duration.ofSeconds(10),
                        null);
    }

    @AfterAll
    static void stop() throws Exception {
        reader.close();
        database.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void clientsMatchTheTablesAndGetEachVersionOnce(long seed) throws Exception {
        server.run("TRUNCATE bars, anomalies, data_quality");
        Random random = new Random(seed);
        ChangeFeed feed =
                new ChangeFeed(
                        database,
                        ChangeFeedTest.limits(20_000, 1_000, 1 << 19, 1 << 20),
                        InstantSource.fixed(Instant.parse("2026-01-05T00:00:00Z")),
                        new LatencyMetrics(new SimpleMeterRegistry()));
        List<Connection> writers = new ArrayList<>();
        try {
            run(feed, random, writers);
        } finally {
            for (Connection writer : writers) {
                writer.close();
            }
        }
    }

    private static void run(ChangeFeed feed, Random random, List<Connection> writers)
            throws SQLException {
        for (int i = 0; i < WRITERS; i++) {
            Connection writer = DriverManager.getConnection(server.url());
            writer.setAutoCommit(false);
            writers.add(writer);
        }
        List<Recorder> clients = new ArrayList<>();
        Map<Recorder, List<String>> follows = new HashMap<>();
        Map<Recorder, Set<String>> newestAtPolls = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            int dice = random.nextInt(100);
            Connection writer = writers.get(random.nextInt(WRITERS));
            if (dice < 45) {
                write(writer, random, step);
            } else if (dice < 60) {
                writer.commit();
            } else if (dice < 65) {
                writer.rollback();
            } else if (dice < 90) {
                poll(feed, clients, follows, newestAtPolls);
            } else if (dice < 95 && clients.size() < 5) {
                Recorder client = new Recorder();
                List<String> symbols = SYMBOLS.subList(0, 1 + random.nextInt(SYMBOLS.size()));
                join(feed, client, symbols, clients, follows, newestAtPolls);
            } else if (!clients.isEmpty()) {
                Recorder gone = clients.remove(random.nextInt(clients.size()));
                feed.leave(gone);
                if (gone.cursor() != null) {
                    join(
                            feed,
                            gone.reconnected(),
                            follows.get(gone),
                            clients,
                            follows,
                            newestAtPolls);
                }
            }
        }
        for (Connection writer : writers) {
            writer.commit();
        }
        poll(feed, clients, follows, newestAtPolls);
        assertThat(clients).isNotEmpty();
        for (Recorder client : clients) {
            assertThat(client.state()).isEqualTo(tables(follows.get(client)));
        }
    }

    private static void join(
            ChangeFeed feed,
            Recorder client,
            List<String> symbols,
            List<Recorder> clients,
            Map<Recorder, List<String>> follows,
            Map<Recorder, Set<String>> newestAtPolls) {
        feed.subscribe(client, new ClientMessage.Subscribe(symbols, 1000, client.cursor()));
        clients.add(client);
        follows.put(client, symbols);
        newestAtPolls.put(client, new HashSet<>());
    }

    private static void write(Connection writer, Random random, int step) throws SQLException {
        String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
        int minute = random.nextInt(MINUTES);
        String sql =
                switch (random.nextInt(4)) {
                    case 0 -> TableRows.anomaly(symbol, minute, step / 1000.0);
                    case 1 -> TableRows.fault(symbol, minute, step);
                    case 2 -> TableRows.bar(symbol, minute, "10." + step, true);
                    default -> TableRows.bar(symbol, minute, "10." + step, false);
                };
        try (Statement statement = writer.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '1ms'");
            statement.execute(sql);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isIn("55P03", "40P01");
            writer.rollback();
        }
    }

    /** Polls, and holds what each client received against what the tables say. */
    private static void poll(
            ChangeFeed feed,
            List<Recorder> clients,
            Map<Recorder, List<String>> follows,
            Map<Recorder, Set<String>> newestAtPolls)
            throws SQLException {
        Map<Recorder, Map<String, JsonNode>> before = new HashMap<>();
        for (Recorder client : clients) {
            before.put(client, new TreeMap<>(client.state()));
        }
        feed.poll();
        for (Recorder client : clients) {
            Map<String, JsonNode> now = tables(follows.get(client));
            assertThat(client.state()).isEqualTo(now);
            assertThat(client.received().values()).allMatch(times -> times == 1);
            boolean bySnapshot = client.types().contains("snapshot");
            Set<String> newest = newestAtPolls.get(client);
            now.forEach(
                    (key, row) -> {
                        if (!row.equals(before.get(client).get(key))
                                && !(bySnapshot && newest.isEmpty())) {
                            newest.add(key + " " + row.path("committed_at").asText());
                        }
                    });
            if (!bySnapshot) {
                assertThat(client.received().keySet()).isEqualTo(newest);
            }
        }
    }

    private static Map<String, JsonNode> tables(List<String> symbols) throws SQLException {
        Map<String, JsonNode> rows = new TreeMap<>();
        try (Connection connection = reader.getConnection()) {
            for (Table table : List.of(Table.BARS, Table.ANOMALIES, Table.DATA_QUALITY)) {
                try (Statement statement = connection.createStatement();
                        ResultSet result =
                                statement.executeQuery(
                                        "SELECT " + table.select() + " FROM " + table.name())) {
                    for (Row row : table.readAll(result)) {
                        if (symbols.contains(row.text("symbol"))) {
                            String name = table == Table.DATA_QUALITY ? "quality" : table.name();
                            rows.put(Recorder.key(name, row.json()), row.json());
                        }
                    }
                }
            }
        }
        return rows;
    }
}
