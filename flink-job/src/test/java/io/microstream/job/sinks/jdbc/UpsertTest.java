package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.tables.Column;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpsertTest {

    private static final TableSpec<String> TABLE =
            TableSpec.<String>named("t1")
                    .text("k", row -> row)
                    .key()
                    .text("a", row -> row)
                    .jsonb("j", row -> row)
                    .revision("r", String::length)
                    .unrecorded(Column.bool("g"))
                    .receivedAt(row -> 0L)
                    .committed()
                    .orderedBy("k");

    @Test
    void aStampedRowAsksTheDatabaseForClockAndTransaction() {
        assertThat(new Upsert(TABLE, true, false).sql())
                .isEqualTo(
                        "INSERT INTO t1 AS t (k, a, j, r, received_at, committed_at, committed_in)"
                                + " SELECT a.k, a.a, a.j, a.r, a.received_at, clock_timestamp(), pg_current_xact_id()"
                                + " FROM unnest(?::text[], ?::text[], ?::jsonb[], ?::int4[], ?::timestamptz[])"
                                + " AS a (k, a, j, r, received_at)"
                                + " ON CONFLICT (k) DO UPDATE SET a = EXCLUDED.a, j = EXCLUDED.j,"
                                + " r = EXCLUDED.r,"
                                + " received_at = coalesce(EXCLUDED.received_at, t.received_at),"
                                + " committed_at = EXCLUDED.committed_at,"
                                + " committed_in = EXCLUDED.committed_in WHERE EXCLUDED.r >= t.r"
                                + " RETURNING t.k");
    }

    @Test
    void aRowWithoutStampsHasNoPlaceholdersForThem() {
        assertThat(new Upsert(TABLE, false, false).sql())
                .startsWith(
                        "INSERT INTO t1 AS t (k, a, j, r, received_at, committed_at, committed_in)"
                                + " SELECT a.k, a.a, a.j, a.r, NULL, NULL, NULL FROM unnest(")
                .contains("received_at = EXCLUDED.received_at");
    }

    @Test
    void aTableWithoutRevisionsKeepsTheLastRowWritten() {
        assertThat(new Upsert(Tables.DATA_QUALITY, false, false).sql())
                .isEqualTo(
                        "INSERT INTO data_quality AS t (symbol, detected_at, kind, first_id, last_id,"
                                + " missing, repaired, detail, committed_at, committed_in)"
                                + " SELECT a.symbol, a.detected_at, a.kind, a.first_id, a.last_id,"
                                + " a.missing, a.repaired, a.detail, NULL, NULL"
                                + " FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::int8[],"
                                + " ?::int8[], ?::int8[], ?::int8[], ?::text[]) AS a (symbol,"
                                + " detected_at, kind, first_id, last_id, missing, repaired, detail)"
                                + " ON CONFLICT (symbol, detected_at, kind, first_id) DO UPDATE SET"
                                + " last_id = EXCLUDED.last_id, missing = EXCLUDED.missing,"
                                + " repaired = EXCLUDED.repaired, detail = EXCLUDED.detail,"
                                + " committed_at = EXCLUDED.committed_at,"
                                + " committed_in = EXCLUDED.committed_in"
                                + " RETURNING t.symbol, t.detected_at, t.kind, t.first_id");
    }

    @Test
    void aWaitOfNothingIsRefused() {
        assertThatThrownBy(() -> new Writing(true, Duration.ZERO, false))
                .hasMessage("Longest wait of a row must be 1 ms or more: longestWait=PT0S");
    }
}
