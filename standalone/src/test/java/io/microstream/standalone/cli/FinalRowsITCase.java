package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.standalone.report.EventLog;
import io.microstream.standalone.report.Results;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that results are read from final rows only, not from the minute in progress. */
class FinalRowsITCase {

    private static final String ROWS =
            """
            INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05 00:00Z', 1.5, 2, 1, 1.75, 10, 17, 5, 8.5, 3, 7, 9, true, true, 0);
            INSERT INTO features VALUES ('BTCUSDT', '2026-01-05 00:00Z', 1, 0.125, 0.5, NULL, 1e-9, 2, 3, 4, 5, -1, 99, 0);
            INSERT INTO regimes (symbol, open_time, model_id, model_version, regime, confirmed_regime, p_stable,
                   p_volatile, p_crisis, surprise, is_shadow, bar_revision, surprise_threshold, is_surprising)
            VALUES ('BTCUSDT', '2026-01-05 00:00Z', 'm', 1, 'STABLE_LIQUIDITY', 'HIGH_VOLATILITY', 0.5, 0.25, 0.25, 3.5,
                   false, 0, 9, false);
            INSERT INTO anomalies VALUES ('BTCUSDT', '2026-01-05 00:00Z', 'm', 1, 0.75, 0.6, true, 4.5, '{"a": 0.25}', false, 0);
            INSERT INTO data_quality VALUES ('BTCUSDT', '2026-01-05 00:00Z', 'GAP', 1, 2, 2, 0, 'detail');
            INSERT INTO late_trades VALUES ('BTCUSDT', 7, 1.5, 2, 7, 9, '2026-01-05 00:00Z', true, '2026-01-04 23:59Z');
            INSERT INTO models VALUES ('m', 1, 'REGIME', '*', 1, 'abc', NULL, NULL, '2026-01-05 00:00Z', 'CHAMPION', '{"seed": 1}');
            """;

    /** Hashes of the rows before the tables had columns for stamps. */
    private static final List<String> HASHES =
            List.of(
                    "f1ea2f404173a19cee4773935ea84652ce61c6c8ba73e91ca729507367459ee6",
                    "0f317f6a3bf1eed222100e8a65d85759668c0b190bedfccc172edeb70090d517",
                    "874f0db45136a1534e8f7d08cfa4501e345b1241e131150cde399680f6b4c2b0",
                    "af6e381dfa1cdcebb6b4c3acd6cda726f226addacc5e7b9a441b7e3584598241",
                    "188fdfa5184e86b46065d79226f5fbadac923e2abdf17d6d09cc6c154b384e10",
                    "5d30ae34fbf1bd8eb0da34b2f10a136608cfda3d9fa49f6f3eef9a8ec693480e",
                    "ab4d4a4a9d50c80e11881eb5c6bda3f073c724176c54309b1c414ed25b58793b");

    /** Provisional rows of the next minute, with an anomaly, another price and another regime. */
    private static final String STAMPED =
            """
            UPDATE regimes SET committed_at = now(), committed_in = pg_current_xact_id();
            UPDATE anomalies SET committed_at = now(), committed_in = pg_current_xact_id();
            """;

    private static final String RUNNING =
            """
            INSERT INTO bars (symbol, open_time, open, high, low, close, volume, is_final, complete, revision)
            VALUES ('BTCUSDT', '2026-01-05 00:01Z', 9, 9, 9, 9, 9, false, false, -2);
            INSERT INTO features (symbol, open_time, schema_version, bar_revision)
            VALUES ('BTCUSDT', '2026-01-05 00:01Z', 1, -2);
            INSERT INTO regimes (symbol, open_time, model_id, model_version, regime, confirmed_regime, p_stable,
                   p_volatile, p_crisis, surprise, is_shadow, bar_revision, surprise_threshold, is_surprising)
            VALUES ('BTCUSDT', '2026-01-05 00:01Z', 'm', 1, 'LIQUIDITY_CRISIS', 'LIQUIDITY_CRISIS', 0, 0, 1, 99,
                   false, -2, 9, true);
            INSERT INTO anomalies VALUES ('BTCUSDT', '2026-01-05 00:01Z', 'm', 1, 0.9, 0.6, true, 88, '{}', false, -2);
            UPDATE bars SET received_at = now(), committed_at = now(), committed_in = pg_current_xact_id();
            UPDATE models SET committed_at = now(), committed_in = pg_current_xact_id();
            """;

    @TempDir private Path folder;

    private PostgresServer databases;
    private String url;

    @BeforeEach
    void fill() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
        url = databases.fresh();
        Schema.migrate(Database.at(url));
        run(ROWS);
    }

    @AfterEach
    void stop() throws Exception {
        databases.close();
    }

    private void run(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void fingerprintIgnoresStampsAndProvisionalRows() throws Exception {
        String fingerprint = Cli.run("fingerprint", "--jdbc", url).out();
        assertThat(fingerprint.lines().map(line -> line.replaceAll(".* ", "")))
                .containsExactlyElementsOf(HASHES);
        run(RUNNING);
        assertThat(Cli.run("fingerprint", "--jdbc", url).out()).isEqualTo(fingerprint);
    }

    @Test
    void eventLogAndProgressLineIgnoreTheMinuteInProgress() throws Exception {
        run(STAMPED);
        try (Results results = Results.of(Database.at(url))) {
            EventLog events = new EventLog(printed(), List.of("BTCUSDT"), "1:1:");
            events.printNew(results);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("anomaly, severity 4.5");
            printed.reset();
            run(RUNNING);
            run(STAMPED);
            events.printNew(results);
            assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(results.newest(List.of("BTCUSDT")))
                    .isEqualTo("BTCUSDT 2026-01-05 00:00 1.75 HIGH_VOLATILITY");
            for (TableSpec<?> table : Tables.RESULTS.subList(0, 4)) {
                assertThat(results.count(table, List.of("BTCUSDT"), 0, Long.MAX_VALUE / 2))
                        .as(table.name())
                        .isEqualTo(1);
            }
        }
    }

    /** A used database: 200,000 older rows of these symbols and of others. */
    @Test
    void eventLogPrintsThisRunsEventsAndReadsNothingElse() throws Exception {
        run(
                """
                INSERT INTO data_quality (symbol, detected_at, kind, first_id, last_id, missing, repaired, detail, committed_at, committed_in)
                SELECT (ARRAY['BTCUSDT', 'OTHERUSDT'])[1 + n % 2], timestamptz '2020-01-01Z' + n * interval '1 second',
                       'STALL', n, n, 0, 0, 'before', now(), pg_current_xact_id() FROM generate_series(1, 200000) n;
                ANALYZE data_quality
                """);
        try (Results results = Results.of(Database.at(url))) {
            EventLog events = new EventLog(printed(), List.of("BTCUSDT"), results.snapshot());
            events.printNew(results);
            assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
            long before = rowsRead();
            for (int at = 3; at > 0; at--) {
                for (String symbol : List.of("BTCUSDT", "OTHERUSDT")) {
                    run(
                            """
                            INSERT INTO data_quality (symbol, detected_at, kind, first_id, last_id, missing, repaired, detail, committed_at, committed_in)
                            VALUES ('%s', '2026-01-05 00:0%d:00Z', 'STALL', 1, 1, 0, 0, 'new %d', now(), pg_current_xact_id())
                            """
                                    .formatted(symbol, at, at));
                }
            }
            events.printNew(results);
            events.printNew(results);
            assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(FinalRowsITCase::plain))
                    .containsExactly(
                            "2026-01-05 00:01 BTCUSDT stream stalled: new 1",
                            "2026-01-05 00:02 BTCUSDT stream stalled: new 2",
                            "2026-01-05 00:03 BTCUSDT stream stalled: new 3");
            assertThat(rowsRead() - before).as("rows read").isLessThan(100);
        }
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private PrintStream printed() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private static String plain(String line) {
        return line.replaceAll("^.*(?=2026-)", "");
    }

    /** Rows of data_quality that all connections have read so far, whether by index or by scan. */
    private long rowsRead() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 'data_quality'")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void comparisonIgnoresTheMinuteInProgress() throws Exception {
        run(RUNNING);
        Path klines = folder.resolve("BTCUSDT-1m-2026-01-05.csv");
        long openMs = 1_767_571_200_000L;
        Files.writeString(
                klines, kline(openMs, "1.5,2,1,1.75,10") + kline(openMs + 60_000, "1,1,1,1,1"));
        Cli compared = Cli.run("compare", "--klines", klines, "--jdbc", url);
        assertThat(compared.out()).contains("1 bars", "1 complete ones", "0 differing, 0 missing");
        assertThat(compared.exitCode()).isZero();
    }

    private static String kline(long openMs, String values) {
        return "%d,%s,%d,17,3,5,8.5,0%n".formatted(openMs, values, openMs + 59_999);
    }
}
