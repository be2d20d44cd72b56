-- Hypertables where TimescaleDB is loaded into the server and may be used; nothing elsewhere. What is asked here
-- every role may ask: only a server that has loaded TimescaleDB knows its settings.
DO $$
BEGIN
    IF current_setting('timescaledb.disable_load', true) IS NULL THEN
        RAISE NOTICE 'TimescaleDB is not loaded: plain tables';
        RETURN;
    END IF;
    BEGIN
        CREATE EXTENSION IF NOT EXISTS timescaledb;
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE NOTICE 'TimescaleDB may not be made an extension of this database by %: plain tables', current_user;
        RETURN;
    END;
    PERFORM create_hypertable('bars', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('features', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('regimes', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('anomalies', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
END
$$;
