package io.microstream.live.push;

import java.time.Instant;

/** Upserts as the job makes them, stamped. */
final class TableRows {

    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");

    private TableRows() {}

    static Instant at(int minute) {
        return DAY.plusSeconds(60L * minute);
    }

    /** A bar of a minute, final or of a minute that runs. */
    static String bar(String symbol, int minute, String close, boolean isFinal) {
        return """
               INSERT INTO bars (symbol, open_time, open, high, low, close, volume, is_final,
                                 complete, revision, received_at, committed_at, committed_in)
               VALUES ('%s', '%s', 10, 100, 1, %s, 5, %s, true, %d,
                       clock_timestamp() - interval '20 ms', clock_timestamp(),
                       pg_current_xact_id())
               ON CONFLICT (symbol, open_time) DO UPDATE
                  SET close = EXCLUDED.close, is_final = EXCLUDED.is_final,
                      revision = EXCLUDED.revision, received_at = EXCLUDED.received_at,
                      committed_at = EXCLUDED.committed_at, committed_in = EXCLUDED.committed_in
                WHERE bars.revision <= EXCLUDED.revision
               """
                .formatted(symbol, at(minute), close, isFinal, isFinal ? 0 : -2);
    }

    /** An anomaly score of a minute. */
    static String anomaly(String symbol, int minute, double score) {
        return """
               INSERT INTO anomalies (symbol, open_time, model_id, model_version, score, threshold,
                                      is_anomaly, severity, attribution, is_shadow, bar_revision,
                                      committed_at, committed_in)
               VALUES ('%s', '%s', 'forest', 1, %s, 0.6, false, 1, '{"momentum": 0.5}', false, 0,
                       clock_timestamp(), pg_current_xact_id())
               ON CONFLICT (symbol, open_time, model_id, model_version) DO UPDATE
                  SET score = EXCLUDED.score, committed_at = EXCLUDED.committed_at,
                      committed_in = EXCLUDED.committed_in
               """
                .formatted(symbol, at(minute), score);
    }

    /** A fault of the feed. */
    static String fault(String symbol, int minute, long firstId) {
        return """
               INSERT INTO data_quality (symbol, detected_at, kind, first_id, last_id, missing,
                                         repaired, detail, committed_at, committed_in)
               VALUES ('%s', '%s', 'GAP', %d, %d, 1, 0, 'lost', clock_timestamp(),
                       pg_current_xact_id())
               ON CONFLICT (symbol, detected_at, kind, first_id) DO UPDATE
                  SET committed_in = EXCLUDED.committed_in
               """
                .formatted(symbol, at(minute), firstId, firstId);
    }
}
