-- Rows of minutes that still run, and stamps that say when a row's trade came in and when the row was
-- written. All three stamps are null where the run is not stamped, as in bounded replays: their rows
-- are a function of the input alone. The generated columns rewrite their tables once.

ALTER TABLE features  ADD COLUMN is_final boolean GENERATED ALWAYS AS (bar_revision >= 0) STORED;
ALTER TABLE regimes   ADD COLUMN is_final boolean GENERATED ALWAYS AS (bar_revision >= 0) STORED;
ALTER TABLE anomalies ADD COLUMN is_final boolean GENERATED ALWAYS AS (bar_revision >= 0) STORED;

ALTER TABLE bars      ADD COLUMN received_at timestamptz, ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;
ALTER TABLE features  ADD COLUMN received_at timestamptz, ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;
ALTER TABLE regimes   ADD COLUMN received_at timestamptz, ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;
ALTER TABLE anomalies ADD COLUMN received_at timestamptz, ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;

ALTER TABLE data_quality ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;
ALTER TABLE late_trades  ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;
ALTER TABLE models       ADD COLUMN committed_at timestamptz, ADD COLUMN committed_in xid8;

-- What was committed since a snapshot: rows that are not stamped are no news to anyone.
CREATE INDEX bars_committed_in         ON bars         (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX features_committed_in     ON features     (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX regimes_committed_in      ON regimes      (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX anomalies_committed_in    ON anomalies    (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX data_quality_committed_in ON data_quality (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX late_trades_committed_in  ON late_trades  (committed_in) WHERE committed_in IS NOT NULL;
CREATE INDEX models_committed_in       ON models       (committed_in) WHERE committed_in IS NOT NULL;

COMMENT ON COLUMN bars.is_final IS 'False while the minute runs: the bar of the trades so far, replaced when the minute closes. Readers of results say WHERE is_final';
COMMENT ON COLUMN bars.revision IS '0 when first final, +1 each time a late trade changed the bar; -2 while the minute runs';
COMMENT ON COLUMN features.is_final IS 'False while the minute runs. Readers of results say WHERE is_final';
COMMENT ON COLUMN regimes.is_final IS 'False while the minute runs; such a row stays if a model of another version judged the minute in the end. Readers of results say WHERE is_final';
COMMENT ON COLUMN anomalies.is_final IS 'False while the minute runs; such a row stays if a model of another version judged the minute in the end. Readers of results say WHERE is_final';
COMMENT ON COLUMN features.bar_revision IS 'Revision of the bar; -2 while its minute runs';
COMMENT ON COLUMN regimes.bar_revision IS 'Revision of the bar; -2 while its minute runs';
COMMENT ON COLUMN anomalies.bar_revision IS 'Revision of the bar; -2 while its minute runs';
COMMENT ON COLUMN bars.received_at IS 'When the last trade of the bar was received from the exchange, by the clock of the machine that did; null if it was read from a recording';
COMMENT ON COLUMN features.received_at IS 'received_at of the bar';
COMMENT ON COLUMN regimes.received_at IS 'received_at of the bar';
COMMENT ON COLUMN anomalies.received_at IS 'received_at of the bar';
COMMENT ON COLUMN bars.committed_at IS 'When the row was written, by the clock of the database, a moment before its transaction was committed';
COMMENT ON COLUMN bars.committed_in IS 'Transaction that wrote the row: what a reader has not seen yet is what is not visible in its last pg_snapshot';

CREATE OR REPLACE VIEW anomaly_signs AS
SELECT symbol, open_time, 'ISOLATION'::text AS kind, model_id, model_version,
       score AS value, threshold, severity, attribution, bar_revision
  FROM anomalies
 WHERE is_anomaly AND NOT is_shadow AND is_final
UNION ALL
SELECT symbol, open_time, 'SURPRISE'::text, model_id, model_version,
       surprise, surprise_threshold, NULL::double precision, NULL::jsonb, bar_revision
  FROM regimes
 WHERE is_surprising AND NOT is_shadow AND is_final;
