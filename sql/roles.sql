-- Roles of least privilege. Run this once in the database, after the first run has migrated it, as its owner with the
-- right to make roles (or as a superuser; on PostgreSQL 14 only one may take from everybody the right to make tables), and again whenever a release has brought new tables:
--
--   psql DATABASE -f sql/roles.sql
--   psql DATABASE -c "CREATE ROLE job LOGIN" -c "GRANT microstream_writer TO job"
--
-- The roles cannot log in and have no passwords: grant them to the roles that do. Migrations are the owner's.
--   microstream_writer    runs the job, replay and live on a migrated database
--   microstream_reader    reads every table: serve, fingerprint, compare, case
--   microstream_labeller  writes analysts' labels, beside microstream_reader
DO $$
DECLARE
    role text;
BEGIN
    -- Before PostgreSQL 15 everybody may make tables in the schema "public"; from here on its owner and that of the tables.
    IF current_setting('server_version_num')::int < 150000 THEN
        EXECUTE format('GRANT CREATE ON SCHEMA %I TO %I', current_schema(),
                       (SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'bars'));
        EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
    END IF;
    FOREACH role IN ARRAY ARRAY['microstream_writer', 'microstream_reader', 'microstream_labeller'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role);
    END LOOP;
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO microstream_reader', current_schema());
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON bars, features, regimes, anomalies, data_quality, late_trades, models
   TO microstream_writer;
GRANT SELECT ON microstream_schema_history, labels TO microstream_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON labels TO microstream_labeller;
GRANT SELECT ON bars TO microstream_labeller;
