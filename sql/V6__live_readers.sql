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
