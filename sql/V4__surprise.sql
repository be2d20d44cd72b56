-- The surprise of the regime model as second sign of anomaly, judged by the limit its model carries.
ALTER TABLE regimes ADD COLUMN surprise_threshold double precision;
ALTER TABLE regimes ADD COLUMN is_surprising boolean;
COMMENT ON COLUMN regimes.surprise_threshold IS 'The model''s own limit: the surprise that a small share of its training bars exceeded; null if it was not measured';
COMMENT ON COLUMN regimes.is_surprising IS 'surprise > surprise_threshold; null where there is no limit';
COMMENT ON COLUMN anomalies.severity IS 'Robust standard deviations of the feature farthest from its training median; grows without end where the score does not';
COMMENT ON COLUMN anomalies.attribution IS 'Feature name to its share in score - 0.5, the excess over an average bar; the shares add up to it';

-- All that is out of the ordinary, of either kind, in one place to watch. Challengers' are left out.
CREATE VIEW anomaly_signs AS
SELECT symbol, open_time, 'ISOLATION'::text AS kind, model_id, model_version,
       score AS value, threshold, severity, attribution, bar_revision
  FROM anomalies
 WHERE is_anomaly AND NOT is_shadow
UNION ALL
SELECT symbol, open_time, 'SURPRISE'::text, model_id, model_version,
       surprise, surprise_threshold, NULL::double precision, NULL::jsonb, bar_revision
  FROM regimes
 WHERE is_surprising AND NOT is_shadow;
COMMENT ON VIEW anomaly_signs IS 'ISOLATION: a minute unlike most, whatever came before (value: isolation score); SURPRISE: a minute the regime model did not expect after those before it (value: surprise in nats). A minute can be both';
