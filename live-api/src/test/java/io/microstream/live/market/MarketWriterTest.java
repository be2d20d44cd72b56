package io.microstream.live.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The made-up market is one that the job could have written. */
class MarketWriterTest {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    @TempDir static Path directory;
    private static PostgresServer database;
    private static MarketWriter market;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start(directory.resolve("postgres")).migrated();
        market = MarketWriter.begin(database.url(), 42, START, "BTCUSDT", "ETHUSDT");
        market.minutes(180);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void minutesFillAllTablesAndFlagOneInSixtyOne() throws Exception {
        for (String table : new String[] {"bars", "features", "regimes", "anomalies"}) {
            assertThat(
                            count(
                                    "SELECT count(*) FROM "
                                            + table
                                            + " WHERE symbol = 'ETHUSDT' AND is_final AND open_time < timestamptz '2026-01-05T03:00:00Z'"))
                    .as(table)
                    .isEqualTo(180);
        }
        assertThat(
                        count(
                                "SELECT count(*) FROM anomalies WHERE symbol = 'ETHUSDT' AND is_anomaly AND open_time < timestamptz '2026-01-05T03:00:00Z'"))
                .isEqualTo(3);
        assertThat(
                        count(
                                "SELECT count(*) FROM bars WHERE high < greatest(open, close) OR low > least(open, close) OR taker_buy_volume > volume"))
                .isZero();
        assertThat(count("SELECT count(DISTINCT regime) FROM regimes")).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM models")).isEqualTo(2);
    }

    @Test
    void finalRowReplacesTheProvisionalOneInALaterTransaction() throws Exception {
        Instant minute = market.running("BTCUSDT");
        MarketMinute half = market.provisional("BTCUSDT", 2);
        assertThat(half.bar().revision()).isEqualTo(Bar.PROVISIONAL);
        String where = " WHERE symbol = 'BTCUSDT' AND open_time = timestamptz '" + minute + "'";
        assertThat(count("SELECT count(*) FROM regimes" + where + " AND NOT is_final")).isOne();
        long first = count("SELECT committed_in::text::bigint FROM bars" + where);

        MarketMinute whole = market.finish("BTCUSDT");

        assertThat(whole.bar().openTimeMs()).isEqualTo(minute.toEpochMilli());
        assertThat(whole.bar().volume()).isGreaterThan(half.bar().volume());
        assertThat(count("SELECT count(*) FROM bars" + where + " AND is_final AND revision = 0"))
                .isOne();
        assertThat(count("SELECT committed_in::text::bigint FROM bars" + where))
                .isGreaterThan(first);
        assertThat(count("SELECT count(*) FROM bars" + where + " AND committed_at > received_at"))
                .isOne();
    }

    @Test
    void shockIsFlaggedAndItsSharesAddUpToTheExcess() throws Exception {
        MarketMinute shock = market.shock("ETHUSDT");
        assertThat(shock.anomaly().isAnomaly()).isTrue();
        assertThat(
                        shock.anomaly().attribution().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                .isCloseTo(shock.anomaly().score() - 0.5, within(1e-12));
    }

    @Test
    void faultsOfTheFeedAreRows() throws Exception {
        market.quality("BTCUSDT", DataQuality.Kind.GAP, 0, 12);
        market.quality("BTCUSDT", DataQuality.Kind.DISCONNECT, 0, 0);
        assertThat(count("SELECT sum(repaired) FROM data_quality")).isEqualTo(12);
    }

    @Test
    void equalSeedsGiveEqualMinutesHoweverOftenTheyAreLookedAt() {
        SymbolWalk one = new SymbolWalk("XRPUSDT", 7, START.toEpochMilli(), 2);
        SymbolWalk other = new SymbolWalk("XRPUSDT", 7, START.toEpochMilli(), 2);
        for (int i = 0; i < 50; i++) {
            other.provisional(1);
            other.provisional(3);
            assertThat(other.finish(Bar.MINUTE_MS)).isEqualTo(one.finish(Bar.MINUTE_MS));
        }
    }

    private static long count(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url());
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
