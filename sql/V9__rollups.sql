-- Roll-ups that say what their minutes say: of a bar whether all its minutes are there, of regimes how many
-- minutes each took. The functions return more columns than before, so they are made anew.

CREATE OR REPLACE FUNCTION bar_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, open numeric, high numeric, low numeric, close numeric,
               volume numeric, quote_volume numeric, taker_buy_volume numeric, taker_buy_quote_volume numeric,
               trade_count bigint, first_trade_id bigint, last_trade_id bigint, complete boolean, minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, first_bar.open, sums.high, sums.low, last_bar.close,
       sums.volume, sums.quote_volume, sums.taker_buy_volume, sums.taker_buy_quote_volume,
       sums.trade_count, sums.first_trade_id, sums.last_trade_id,
       sums.complete AND sums.minutes = extract(epoch FROM width) / 60, sums.minutes
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
COMMENT ON FUNCTION bar_buckets IS 'Bars rolled up; complete where every minute of the bucket is there and complete; a sum is null where it is not known of every minute';

DROP FUNCTION regime_buckets(text, timestamptz, timestamptz, interval);
CREATE FUNCTION regime_buckets(of_symbol text, since timestamptz, until timestamptz, width interval)
RETURNS TABLE (symbol text, open_time timestamptz, model_id text, model_version bigint, peak_time timestamptz, regime text,
               p_stable double precision, p_volatile double precision, p_crisis double precision,
               surprise double precision, is_surprising boolean, is_shadow boolean, minutes bigint,
               stable_minutes bigint, volatile_minutes bigint, crisis_minutes bigint)
LANGUAGE sql STABLE AS $$
SELECT of_symbol, bucket, means.model_id, means.model_version, means.peak_time,
       CASE greatest(means.p_stable, means.p_volatile, means.p_crisis)
           WHEN means.p_stable THEN 'STABLE_LIQUIDITY'
           WHEN means.p_volatile THEN 'HIGH_VOLATILITY'
           ELSE 'LIQUIDITY_CRISIS' END,
       means.p_stable, means.p_volatile, means.p_crisis,
       means.surprise, means.is_surprising, means.is_shadow, means.minutes,
       means.stable_minutes, means.volatile_minutes, means.crisis_minutes
  FROM generate_series(date_bin(width, since, '1970-01-01 00:00:00+00'), until - interval '1 microsecond', width) AS bucket
 CROSS JOIN LATERAL (
       SELECT r.model_id, r.model_version,
              (array_agg(r.open_time ORDER BY r.surprise DESC NULLS LAST, r.open_time))[1] AS peak_time,
              avg(r.p_stable) AS p_stable, avg(r.p_volatile) AS p_volatile,
              avg(r.p_crisis) AS p_crisis, max(r.surprise) AS surprise,
              bool_or(r.is_surprising) AS is_surprising, bool_and(r.is_shadow) AS is_shadow, count(*) AS minutes,
              count(*) FILTER (WHERE r.in_charge AND r.regime = 'STABLE_LIQUIDITY') AS stable_minutes,
              count(*) FILTER (WHERE r.in_charge AND r.regime = 'HIGH_VOLATILITY') AS volatile_minutes,
              count(*) FILTER (WHERE r.in_charge AND r.regime = 'LIQUIDITY_CRISIS') AS crisis_minutes
         FROM (SELECT m.*, NOT m.is_shadow AND 1 = row_number() OVER (
                            PARTITION BY m.open_time, m.is_shadow
                            ORDER BY m.model_version DESC, m.bar_revision DESC, m.model_id COLLATE "C" DESC) AS in_charge
                 FROM regimes m
                WHERE m.symbol = of_symbol AND m.open_time >= bucket AND m.open_time < bucket + width AND m.is_final) AS r
        GROUP BY r.model_id, r.model_version) AS means
$$;
COMMENT ON FUNCTION regime_buckets IS 'Regimes rolled up by model: mean probabilities, the regime of the largest, the largest surprise and its minute, and the minutes of each regime. Each minute counts once, for the model in charge (no shadow, highest version), so that sums over the models of a bucket are the time in each regime';
