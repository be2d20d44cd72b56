-- Anomalies of a bucket over every model in charge of its minutes, as V9 did for regimes; and what each feature is.

DROP FUNCTION anomaly_buckets(text, timestamptz, timestamptz, interval);
CREATE FUNCTION anomaly_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, model_id text, model_version bigint, peak_time timestamptz,
               score double precision, threshold double precision, is_anomaly boolean, severity double precision,
               attribution jsonb, is_shadow boolean, flagged bigint, minutes bigint, anomaly_minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, sums.model_id, sums.model_version, peak.open_time,
       peak.score, peak.threshold, peak.is_anomaly, peak.severity, peak.attribution, sums.is_shadow,
       sums.flagged, sums.minutes, sums.anomaly_minutes
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT a.model_id, a.model_version, max(a.score) AS score, bool_and(a.is_shadow) AS is_shadow,
              count(*) FILTER (WHERE a.is_anomaly) AS flagged, count(*) AS minutes,
              count(*) FILTER (WHERE a.is_anomaly AND a.in_charge) AS anomaly_minutes
         FROM (SELECT m.*, NOT m.is_shadow AND 1 = row_number() OVER (
                            PARTITION BY m.open_time, m.is_shadow
                            ORDER BY m.model_version DESC, m.bar_revision DESC, m.model_id COLLATE "C" DESC) AS in_charge
                 FROM anomalies m
                WHERE m.symbol = of_symbol AND m.open_time >= bucket AND m.open_time < bucket + width AND m.is_final) AS a
        GROUP BY a.model_id, a.model_version) AS sums
 CROSS JOIN LATERAL (
       SELECT a.*
         FROM anomalies a
        WHERE a.symbol = of_symbol AND a.open_time >= bucket AND a.open_time < bucket + width AND a.is_final
          AND a.model_id = sums.model_id AND a.model_version = sums.model_version AND a.score = sums.score
        ORDER BY a.open_time
        LIMIT 1) AS peak
$$;
COMMENT ON FUNCTION anomaly_buckets IS 'Anomalies rolled up by model: the minute of the highest score, the first of equals, how many minutes the model flagged, and how many of those it was in charge of. Each minute counts once among anomaly_minutes, for the model in charge (no shadow, highest version), so that their sum over the models of a bucket is its number of anomalies';

COMMENT ON COLUMN features.momentum         IS 'log return from the close before';
COMMENT ON COLUMN features.volatility_proxy IS 'high minus low, divided by open';
COMMENT ON COLUMN features.activity_ratio   IS 'volume over the mean of the 20 minutes before';
COMMENT ON COLUMN features.log_volatility   IS 'log of the smoothed volatility over its 14-day median';
COMMENT ON COLUMN features.log_volume       IS 'log of the smoothed volume over its 14-day median';
COMMENT ON COLUMN features.scaled_return    IS 'log of 1 plus the size of the return over the 14-day median volatility, with its sign';
COMMENT ON COLUMN features.range_surge      IS 'log of the volatility over the 14-day median of the smoothed one, 0 below it';
COMMENT ON COLUMN features.volume_surge     IS 'log of the volume over the 14-day median of the smoothed one, 0 below it';
COMMENT ON COLUMN features.taker_imbalance  IS 'taker buys minus taker sells, over the volume';
COMMENT ON COLUMN features.baseline_bars    IS 'bars that the 14-day medians rest on';
