package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertTest {

    private static final Upsert UPSERT =
            new Upsert("t1", List.of("k"), List.of("a", "j::jsonb", "r", "received_at"), "r");

    @Test
    void aStampedRowAsksTheDatabaseForClockAndTransaction() {
        assertThat(UPSERT.stamped(true).sql())
                .isEqualTo(
                        "INSERT INTO t1 AS t (k, a, j, r, received_at, committed_at, committed_in)"
                                + " VALUES (?, ?, ?::jsonb, ?, ?, clock_timestamp(), pg_current_xact_id())"
                                + " ON CONFLICT (k) DO UPDATE SET a = EXCLUDED.a, j = EXCLUDED.j,"
                                + " r = EXCLUDED.r,"
                                + " received_at = coalesce(EXCLUDED.received_at, t.received_at),"
                                + " committed_at = EXCLUDED.committed_at,"
                                + " committed_in = EXCLUDED.committed_in WHERE EXCLUDED.r >= t.r");
    }

    @Test
    void aRowWithoutStampsHasNoPlaceholdersForThem() {
        assertThat(UPSERT.stamped(false).sql())
                .startsWith(
                        "INSERT INTO t1 AS t (k, a, j, r, received_at, committed_at, committed_in)"
                                + " VALUES (?, ?, ?::jsonb, ?, NULL, NULL, NULL)")
                .contains("received_at = EXCLUDED.received_at");
        Upsert late = new Upsert("t2", List.of("k"), List.of("a"), null);
        assertThat(late.stamped(false).sql())
                .isEqualTo(
                        "INSERT INTO t2 AS t (k, a, committed_at, committed_in) VALUES (?, ?, NULL, NULL)"
                                + " ON CONFLICT (k) DO UPDATE SET a = EXCLUDED.a,"
                                + " committed_at = EXCLUDED.committed_at,"
                                + " committed_in = EXCLUDED.committed_in");
    }

    @Test
    void aWaitOfNothingIsRefused() {
        assertThatThrownBy(() -> new Writing(true, Duration.ZERO))
                .hasMessage("Longest wait of a row must be 1 ms or more: longestWait=PT0S");
    }
}
