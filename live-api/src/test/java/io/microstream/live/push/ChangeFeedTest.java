package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabasePool;
import io.microstream.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each client is sent, poll by poll, without threads and network; the clock stands still. */
class ChangeFeedTest {

    private static PostgresServer server;
    private static DatabasePool database;

    private Instant now = Instant.parse("2026-01-05T12:00:00Z");
    private ChangeFeed feed;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start().migrated();
        database =
                DatabasePool.open(
                        new DatabaseAddress(server.url(), null, null),
                        2,
                        Duration.ofSeconds(10),
                        null);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.run("TRUNCATE bars, features, regimes, anomalies, data_quality, models");
        feed = feed(limits(20_000, 1_000, 1 << 19, 1 << 20));
    }

    private ChangeFeed feed(PushConfig.FeedLimits limits) {
        return new ChangeFeed(
                database, limits, () -> now, new LatencyMetrics(new SimpleMeterRegistry()));
    }

    private Recorder joined(String... symbols) {
        return resumed(null, symbols);
    }

    private Recorder resumed(String cursor, String... symbols) {
        Recorder client = new Recorder();
        feed.subscribe(client, new ClientMessage.Subscribe(List.of(symbols), 120, cursor));
        feed.poll();
        return client;
    }

    private static JsonNode last(Recorder client) {
        return client.messages().get(client.messages().size() - 1);
    }

    @Test
    void symbolWithoutRowsIsFollowedUntilItHasSome() throws Exception {
        Recorder client = joined("NEW");
        assertThat(last(client).path("reason").asText())
                .isEqualTo(
                        "No rows yet: symbol=NEW. They follow as soon as there are any; check the name");
        server.run(TableRows.bar("NEW", 1, "1.5", false));
        feed.poll();
        assertThat(PushTest.closes(last(client))).containsExactly("1.5");
    }

    @Test
    void symbolsOfOtherAlphabetsAreFollowed() throws Exception {
        server.run(TableRows.bar("币安人生USDT", 1, "1.5", true));
        ClientMessage wish =
                new ClientMessages(10).parse("{\"type\":\"subscribe\",\"symbols\":[\"币安人生USDT\"]}");
        Recorder client = new Recorder();
        feed.subscribe(client, (ClientMessage.Subscribe) wish);
        feed.poll();
        assertThat(PushTest.closes(last(client))).containsExactly("1.5");
    }

    @Test
    void rowOfALongTransactionIsSentWhenItCommits() throws Exception {
        server.run(TableRows.bar("AAA", 1, "1", true));
        Recorder client = joined("AAA");
        try (Connection late = DriverManager.getConnection(server.url());
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(TableRows.bar("AAA", 2, "2", true));
            for (int minute = 3; minute < 6; minute++) {
                server.run(TableRows.bar("AAA", minute, "3", true));
                feed.poll();
            }
            assertThat(client.types()).containsExactly("snapshot", "update", "update", "update");
            late.commit();
        }
        feed.poll();
        assertThat(last(client).path("bars")).hasSize(1);
        assertThat(PushTest.closes(last(client))).containsExactly("2");
    }

    @Test
    void cursorResumesExactly() throws Exception {
        server.run(TableRows.bar("AAA", 1, "1", true));
        String cursor = joined("AAA").cursor();
        server.run(TableRows.bar("AAA", 2, "2", true), TableRows.bar("BBB", 2, "9", true));
        Recorder back = resumed(cursor, "AAA");
        assertThat(back.types()).containsExactly("resumed", "update");
        assertThat(back.messages().get(0).path("cursor").asText()).isEqualTo(cursor);
        assertThat(PushTest.closes(last(back))).containsExactly("2");
    }

    @Test
    void resumingClientWaitsAfterAnotherReadFarBack() throws Exception {
        Duration[] tick = {Duration.ZERO};
        feed =
                new ChangeFeed(
                        database,
                        limits(20_000, 1_000, 1 << 19, 1 << 20),
                        () -> now = now.plus(tick[0]),
                        new LatencyMetrics(new SimpleMeterRegistry()));
        server.run(TableRows.bar("AAA", 1, "1", true));
        String cursor = joined("AAA").cursor();
        server.run(TableRows.bar("AAA", 2, "2", true));
        tick[0] = Duration.ofMillis(100);
        assertThat(resumed(cursor, "AAA").types()).containsExactly("resumed", "update");
        tick[0] = Duration.ZERO;
        Recorder second = resumed(cursor, "AAA");
        assertThat(second.types()).isEmpty();
        server.run(TableRows.bar("BBB", 1, "1", true));
        feed.subscribe(second, new ClientMessage.Subscribe(List.of("BBB"), 120, null));
        feed.poll();
        assertThat(second.types()).containsExactly("snapshot");
        assertThat(second.cursor()).isEqualTo(cursor);
        now = now.plusMillis(400);
        feed.poll();
        assertThat(second.types()).containsExactly("snapshot", "resumed", "update");
        assertThat(PushTest.closes(last(second))).containsExactly("2");
    }

    @Test
    void cursorOfAnotherDatabaseGetsASnapshotWithTheReason() throws Exception {
        server.run(TableRows.bar("AAA", 1, "1", true));
        StreamCursor own = StreamCursor.parse(joined("AAA").cursor());
        DatabaseIdentity identity = own.database();
        DatabaseIdentity foreign =
                new DatabaseIdentity(
                        identity.systemIdentifier() + 1,
                        identity.databaseOid(),
                        identity.timeline(),
                        identity.recoveredAt());
        Recorder other = resumed(new StreamCursor(foreign, own.xmax(), List.of()).text(), "AAA");
        assertThat(other.types()).containsExactly("snapshot");
        assertThat(last(other).path("reason").asText())
                .isEqualTo("The cursor is of another database, or of one before its recovery");
        Recorder future =
                resumed(new StreamCursor(identity, own.xmax() + 999, List.of()).text(), "AAA");
        assertThat(last(future).path("reason").asText())
                .isEqualTo("The cursor is newer than the database, which was restored");
        Recorder garbled =
                resumed(
                        Base64.getUrlEncoder()
                                .encodeToString("1:2".getBytes(StandardCharsets.US_ASCII)),
                        "AAA");
        assertThat(last(garbled).path("reason").asText())
                .isEqualTo("The cursor is unreadable: not a cursor of this server");
        assertThat(PushTest.closes(last(garbled))).containsExactly("1");
    }

    @Test
    void cursorFromBeforeACrashIsRewound() throws Exception {
        server.run(TableRows.bar("AAA", 1, "1", true));
        StreamCursor own = StreamCursor.parse(joined("AAA").cursor());
        DatabaseIdentity identity = own.database();
        DatabaseIdentity before =
                new DatabaseIdentity(
                        identity.systemIdentifier(),
                        identity.databaseOid(),
                        identity.timeline(),
                        identity.recoveredAt() - 1);
        Recorder back = resumed(new StreamCursor(before, own.xmax(), List.of()).text(), "AAA");
        assertThat(back.types()).containsExactly("resumed", "update");
        assertThat(PushTest.closes(last(back))).containsExactly("1");
    }

    @Test
    void floodOfASymbolBecomesOneSnapshotASecond() throws Exception {
        feed = feed(limits(20_000, 50, 1 << 19, 1 << 20));
        server.run(TableRows.bar("AAA", 0, "1", true), TableRows.bar("BBB", 0, "1", true));
        Recorder both = joined("AAA", "BBB");
        String before = both.cursor();
        for (int poll = 0; poll < 3; poll++) {
            server.run(flood("AAA", 100, poll), TableRows.bar("BBB", poll + 1, "2", true));
            feed.poll();
        }
        assertThat(both.types())
                .containsExactly("snapshot", "snapshot", "update", "update", "update");
        assertThat(both.cursor()).isEqualTo(before);
        now = now.plusSeconds(1);
        feed.poll();
        assertThat(last(both).path("type").asText()).isEqualTo("snapshot");
        assertThat(last(both).path("reason").asText())
                .isEqualTo("Too many rows changed at once: symbol=AAA rows=100");
        assertThat(both.cursor()).isNotEqualTo(before);
        server.run(TableRows.bar("AAA", 1, "7", true));
        feed.poll();
        assertThat(PushTest.closes(last(both))).containsExactly("7");
    }

    @Test
    void tooManyRowsForOnePollBecomeSnapshotsForAll() throws Exception {
        feed = feed(limits(80, 1_000, 1 << 19, 1 << 20));
        server.run(TableRows.bar("AAA", 0, "1", true));
        Recorder client = joined("AAA");
        server.run(flood("ZZZ", 100, 0));
        now = now.plusSeconds(2);
        feed.poll();
        feed.poll();
        assertThat(last(client).path("reason").asText())
                .isEqualTo("Too many rows changed: limit=80 of a table");
        Recorder back = resumed(client.messages().get(0).path("cursor").asText(), "AAA");
        feed.poll();
        assertThat(back.types()).containsExactly("snapshot");
    }

    @Test
    void slowClientGetsNoUpdatesUntilItCatchesUp() throws Exception {
        server.run(TableRows.bar("AAA", 0, "1", true));
        Recorder slow = joined("AAA");
        Recorder quick = joined("AAA");
        String before = slow.cursor();
        slow.setBacklog(2 << 20);
        for (int minute = 1; minute < 4; minute++) {
            server.run(TableRows.bar("AAA", minute, "2", true));
            now = now.plusSeconds(2);
            feed.poll();
        }
        assertThat(slow.types()).containsExactly("snapshot");
        assertThat(slow.cursor()).isEqualTo(before);
        assertThat(quick.types()).containsExactly("snapshot", "update", "update", "update");
        slow.setBacklog(0);
        feed.poll();
        assertThat(last(slow).path("reason").asText())
                .isEqualTo("You were behind: backlog_bytes=2097152");
        assertThat(slow.state()).isEqualTo(quick.state());
    }

    @Test
    void clientsOfTheSameSymbolsShareBytes() throws Exception {
        server.run(TableRows.bar("AAA", 0, "1", true));
        List<byte[]> sent = new java.util.ArrayList<>();
        for (int i = 0; i < 2; i++) {
            feed.subscribe(
                    new Listener() {
                        @Override
                        public long backlog() {
                            return 0;
                        }

                        @Override
                        public void send(byte[] message) {
                            sent.add(message);
                        }
                    },
                    new ClientMessage.Subscribe(List.of("AAA"), 120, null));
        }
        feed.poll();
        server.run(TableRows.bar("AAA", 1, "1", true));
        feed.poll();
        assertThat(sent).hasSize(4);
        assertThat(sent.get(0)).isSameAs(sent.get(1));
        assertThat(sent.get(2)).isSameAs(sent.get(3));
    }

    @Test
    void clientWithoutChangesGetsNewerCursors() throws Exception {
        server.run(TableRows.bar("AAA", 0, "1", true));
        Recorder client = joined("AAA");
        server.run(TableRows.bar("BBB", 0, "1", true));
        feed.poll();
        assertThat(client.types()).containsExactly("snapshot");
        now = now.plusSeconds(10);
        feed.poll();
        assertThat(client.types()).containsExactly("snapshot", "update");
        assertThat(last(client).has("bars")).isFalse();
        assertThat(client.cursor()).isNotEqualTo(client.messages().get(0).path("cursor").asText());
    }

    @Test
    void resubscribingSendsASnapshotAndUnsubscribingEndsUpdates() throws Exception {
        server.run(TableRows.bar("AAA", 0, "1", true));
        Recorder client = joined("AAA");
        now = now.plusSeconds(2);
        feed.subscribe(client, new ClientMessage.Subscribe(List.of("AAA"), 120, null));
        feed.poll();
        assertThat(client.types()).containsExactly("snapshot", "snapshot");
        feed.unsubscribe(client, List.of("AAA"));
        assertThat(feed.idle()).isTrue();
        server.run(TableRows.bar("AAA", 0, "2", true));
        feed.poll();
        assertThat(client.types()).hasSize(2);
    }

    static PushConfig.FeedLimits limits(
            int perTable, int perSymbol, int updateBytes, long backlogBytes) {
        return new PushConfig.FeedLimits(
                perTable,
                perSymbol,
                updateBytes,
                backlogBytes,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10));
    }

    private static String flood(String symbol, int rows, int close) {
        return """
               INSERT INTO bars (symbol, open_time, open, high, low, close, volume, is_final,
                                 complete, revision, committed_at, committed_in)
               SELECT '%s', timestamptz '%s' + n * interval '1 minute', 1, 1, 1, %d, 1, true, true,
                      0, clock_timestamp(), pg_current_xact_id()
                 FROM generate_series(1, %d) n
               ON CONFLICT (symbol, open_time) DO UPDATE
                  SET close = EXCLUDED.close, committed_in = EXCLUDED.committed_in
               """
                .formatted(symbol, TableRows.at(0), close, rows);
    }
}
