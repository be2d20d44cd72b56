-- Which run a row comes from, and how it ranks among rows that other runs made of the same minute: one order decides
-- which of them is stored (docs/internals.md has its table). All columns are null in rows of earlier releases.
ALTER TABLE bars      ADD COLUMN run_id bigint, ADD COLUMN run_from timestamptz, ADD COLUMN bar_rank bigint, ADD COLUMN bar_digest bigint;
ALTER TABLE features  ADD COLUMN run_id bigint, ADD COLUMN run_from timestamptz, ADD COLUMN bar_rank bigint, ADD COLUMN bar_digest bigint;
ALTER TABLE regimes   ADD COLUMN run_id bigint, ADD COLUMN run_from timestamptz, ADD COLUMN bar_rank bigint, ADD COLUMN bar_digest bigint;
ALTER TABLE anomalies ADD COLUMN run_id bigint, ADD COLUMN run_from timestamptz, ADD COLUMN bar_rank bigint, ADD COLUMN bar_digest bigint;
ALTER TABLE bars      ADD COLUMN confirmed_by bigint, ADD COLUMN contested_by bigint;

COMMENT ON COLUMN bars.run_id IS 'Run that made the bar: microseconds since 1970 at its first start; a resumed run keeps its id. to_timestamp(run_id / 1e6)';
COMMENT ON COLUMN bars.run_from IS 'First minute that the run made for the symbol';
COMMENT ON COLUMN bars.bar_rank IS 'How much of its minute the bar is known to hold: 9223372036854775807 if complete, one less if complete with numbers unknown, else its trades. A bar of a higher rank replaces one of a lower rank and is never replaced by it';
COMMENT ON COLUMN bars.bar_digest IS 'bar_digest() of the numbers as the job computed them; a row whose numbers give another digest was changed afterwards';
COMMENT ON COLUMN bars.confirmed_by IS 'Newest run that made the same bar and left this one';
COMMENT ON COLUMN bars.contested_by IS 'Newest run whose bar had other numbers and was refused';
COMMENT ON COLUMN features.bar_digest IS 'bar_digest of the bar that the row was computed from';
COMMENT ON COLUMN regimes.bar_digest IS 'bar_digest of the bar that the row was computed from';
COMMENT ON COLUMN anomalies.bar_digest IS 'bar_digest of the bar that the row was computed from';

CREATE FUNCTION bar_digest(open numeric, high numeric, low numeric, close numeric, volume numeric, quote_volume numeric,
                           taker_buy_volume numeric, taker_buy_quote_volume numeric, trade_count bigint)
RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- Not in SQL: planned into the sinks' statements it would cost each row more than the row.
    RETURN ('x' || substr(md5(trim_scale(open)::text || '|' || trim_scale(high)::text || '|' || trim_scale(low)::text || '|'
       || trim_scale(close)::text || '|' || trim_scale(volume)::text || '|' || coalesce(trim_scale(quote_volume)::text, '') || '|'
       || coalesce(trim_scale(taker_buy_volume)::text, '') || '|' || coalesce(trim_scale(taker_buy_quote_volume)::text, '') || '|'
       || coalesce(trade_count::text, '')), 1, 16))::bit(64)::bigint;
END
$$;
COMMENT ON FUNCTION bar_digest IS 'Digest of a bar''s numbers, equal for equal numbers';

-- What another run computed from a bar goes when its numbers change: rows of models that this run does not have.
CREATE FUNCTION delete_rows_of_replaced_bar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM features t WHERE t.symbol = NEW.symbol AND t.open_time = NEW.open_time
       AND t.run_id IS DISTINCT FROM NEW.run_id AND t.bar_digest IS DISTINCT FROM NEW.bar_digest;
    DELETE FROM regimes t WHERE t.symbol = NEW.symbol AND t.open_time = NEW.open_time
       AND t.run_id IS DISTINCT FROM NEW.run_id AND t.bar_digest IS DISTINCT FROM NEW.bar_digest;
    DELETE FROM anomalies t WHERE t.symbol = NEW.symbol AND t.open_time = NEW.open_time
       AND t.run_id IS DISTINCT FROM NEW.run_id AND t.bar_digest IS DISTINCT FROM NEW.bar_digest;
    RETURN NULL;
END
$$;
CREATE TRIGGER bars_replaced AFTER UPDATE ON bars FOR EACH ROW
    WHEN (OLD.is_final AND NEW.is_final
          AND coalesce(OLD.bar_digest, bar_digest(OLD.open, OLD.high, OLD.low, OLD.close, OLD.volume, OLD.quote_volume,
                       OLD.taker_buy_volume, OLD.taker_buy_quote_volume, OLD.trade_count)) IS DISTINCT FROM NEW.bar_digest)
    EXECUTE FUNCTION delete_rows_of_replaced_bar();
