-- A role that can only read, taken by the live server's connections. Without the right to make roles
-- the migration passes all the same: the server then reads as its own user, read-only all the same.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_reader') THEN
        CREATE ROLE microstream_reader NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'Role microstream_reader is not made: % may not make roles', current_user;
    WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'Role microstream_reader was made elsewhere just now';
END
$$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_reader') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO microstream_reader', current_schema());
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO microstream_reader', current_schema());
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO microstream_reader', current_schema());
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'Role microstream_reader gets no rights: % may not grant them', current_user;
END
$$;

-- What readers look for most: the newest flagged minutes, and the newest faults of all symbols.
CREATE INDEX anomalies_flagged ON anomalies (symbol, open_time) WHERE is_anomaly;
CREATE INDEX data_quality_detected_at ON data_quality (detected_at, symbol, kind, first_id);

-- Roll-ups: final minutes in whole buckets that begin at multiples of width since 1970, from the bucket
-- that holds since to the last that begins before until. Buckets without minutes are left out. Each
-- bucket is one short walk along the primary key, so that a bucket costs the same in a long history.
CREATE FUNCTION bar_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, open numeric, high numeric, low numeric, close numeric,
               volume numeric, quote_volume numeric, taker_buy_volume numeric, taker_buy_quote_volume numeric,
               trade_count bigint, first_trade_id bigint, last_trade_id bigint, complete boolean, minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, first_bar.open, sums.high, sums.low, last_bar.close,
       sums.volume, sums.quote_volume, sums.taker_buy_volume, sums.taker_buy_quote_volume,
       sums.trade_count, sums.first_trade_id, sums.last_trade_id, sums.complete, sums.minutes
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT min(b.open_time) AS first_minute, max(b.open_time) AS last_minute,
              max(b.high) AS high, min(b.low) AS low, sum(b.volume) AS volume,
              CASE WHEN count(b.quote_volume) = count(*) THEN sum(b.quote_volume) END AS quote_volume,
              CASE WHEN count(b.taker_buy_volume) = count(*) THEN sum(b.taker_buy_volume) END AS taker_buy_volume,
              CASE WHEN count(b.taker_buy_quote_volume) = count(*) THEN sum(b.taker_buy_quote_volume) END AS taker_buy_quote_volume,
              CASE WHEN count(b.trade_count) = count(*) THEN sum(b.trade_count)::bigint END AS trade_count,
              min(b.first_trade_id) AS first_trade_id, max(b.last_trade_id) AS last_trade_id,
              bool_and(b.complete) AS complete, count(*) AS minutes
         FROM bars b
        WHERE b.symbol = of_symbol AND b.open_time >= bucket AND b.open_time < bucket + width AND b.is_final) AS sums
 CROSS JOIN LATERAL (SELECT b.open FROM bars b WHERE b.symbol = of_symbol AND b.open_time = sums.first_minute) AS first_bar
 CROSS JOIN LATERAL (SELECT b.close FROM bars b WHERE b.symbol = of_symbol AND b.open_time = sums.last_minute) AS last_bar
$$;
COMMENT ON FUNCTION bar_buckets IS 'Bars rolled up; a sum is null where it is not known of every minute';

CREATE FUNCTION feature_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, schema_version integer,
               momentum double precision, volatility_proxy double precision, activity_ratio double precision,
               log_volatility double precision, log_volume double precision, scaled_return double precision,
               range_surge double precision, volume_surge double precision, taker_imbalance double precision,
               baseline_bars double precision, minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, means.*
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT f.schema_version, avg(f.momentum), avg(f.volatility_proxy), avg(f.activity_ratio),
              avg(f.log_volatility), avg(f.log_volume), avg(f.scaled_return), avg(f.range_surge),
              avg(f.volume_surge), avg(f.taker_imbalance), avg(f.baseline_bars), count(*)
         FROM features f
        WHERE f.symbol = of_symbol AND f.open_time >= bucket AND f.open_time < bucket + width AND f.is_final
        GROUP BY f.schema_version) AS means
$$;
COMMENT ON FUNCTION feature_buckets IS 'Features rolled up: means of the minutes where they are defined';

CREATE FUNCTION regime_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, model_id text, model_version bigint, regime text,
               p_stable double precision, p_volatile double precision, p_crisis double precision,
               surprise double precision, is_surprising boolean, is_shadow boolean, minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, means.model_id, means.model_version,
       CASE greatest(means.p_stable, means.p_volatile, means.p_crisis)
           WHEN means.p_stable THEN 'STABLE_LIQUIDITY'
           WHEN means.p_volatile THEN 'HIGH_VOLATILITY'
           ELSE 'LIQUIDITY_CRISIS' END,
       means.p_stable, means.p_volatile, means.p_crisis,
       means.surprise, means.is_surprising, means.is_shadow, means.minutes
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT r.model_id, r.model_version, avg(r.p_stable) AS p_stable, avg(r.p_volatile) AS p_volatile,
              avg(r.p_crisis) AS p_crisis, max(r.surprise) AS surprise,
              bool_or(r.is_surprising) AS is_surprising, bool_and(r.is_shadow) AS is_shadow, count(*) AS minutes
         FROM regimes r
        WHERE r.symbol = of_symbol AND r.open_time >= bucket AND r.open_time < bucket + width AND r.is_final
        GROUP BY r.model_id, r.model_version) AS means
$$;
COMMENT ON FUNCTION regime_buckets IS 'Regimes rolled up by model: mean probabilities, the regime of the largest, the largest surprise';

CREATE FUNCTION anomaly_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, model_id text, model_version bigint, peak_time timestamptz,
               score double precision, threshold double precision, is_anomaly boolean, severity double precision,
               attribution jsonb, is_shadow boolean, flagged bigint, minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, sums.model_id, sums.model_version, peak.open_time,
       peak.score, peak.threshold, peak.is_anomaly, peak.severity, peak.attribution, peak.is_shadow,
       sums.flagged, sums.minutes
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT a.model_id, a.model_version, max(a.score) AS score,
              count(*) FILTER (WHERE a.is_anomaly) AS flagged, count(*) AS minutes
         FROM anomalies a
        WHERE a.symbol = of_symbol AND a.open_time >= bucket AND a.open_time < bucket + width AND a.is_final
        GROUP BY a.model_id, a.model_version) AS sums
 CROSS JOIN LATERAL (
       SELECT a.*
         FROM anomalies a
        WHERE a.symbol = of_symbol AND a.open_time >= bucket AND a.open_time < bucket + width AND a.is_final
          AND a.model_id = sums.model_id AND a.model_version = sums.model_version AND a.score = sums.score
        ORDER BY a.open_time
        LIMIT 1) AS peak
$$;
COMMENT ON FUNCTION anomaly_buckets IS 'Anomalies rolled up by model: the minute of the highest score, the first of equals, and how many were flagged';
