-- Hypertables where TimescaleDB is loaded into the server; nothing elsewhere.
DO $$
BEGIN
    IF current_setting('shared_preload_libraries') NOT LIKE '%timescaledb%' THEN
        RAISE NOTICE 'TimescaleDB is not loaded: plain tables';
        RETURN;
    END IF;
    CREATE EXTENSION IF NOT EXISTS timescaledb;
    PERFORM create_hypertable('bars', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('features', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('regimes', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
    PERFORM create_hypertable('anomalies', 'open_time', chunk_time_interval => INTERVAL '14 days', create_default_indexes => FALSE);
END
$$;
