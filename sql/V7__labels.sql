-- What analysts say about minutes, and the role that may write it: the only writing that is not the job's.
CREATE TABLE labels (
    symbol      text        NOT NULL,
    open_time   timestamptz NOT NULL,
    analyst     text        NOT NULL DEFAULT 'analyst' CHECK (analyst <> '' AND length(analyst) <= 64),
    verdict     text        NOT NULL CHECK (verdict IN ('TRUE', 'FALSE', 'UNCLEAR')),
    note        text        NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    labelled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, open_time, analyst)
);
COMMENT ON TABLE labels IS 'What analysts say about minutes: one verdict for each minute and analyst';
COMMENT ON COLUMN labels.verdict IS 'TRUE: the minute was out of the ordinary indeed; FALSE: it was not, a false alarm if it was flagged; UNCLEAR: looked at, cannot be told';
COMMENT ON COLUMN labels.labelled_at IS 'When it was said last, by the clock of the database';

-- The role microstream_labeller: reads minutes, writes labels, nothing else. A user who may not make roles,
-- or grant them, goes without: the labels are then written with the user's own rights.
DO $$
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_labeller') THEN
            CREATE ROLE microstream_labeller NOLOGIN;
        END IF;
    EXCEPTION
        WHEN insufficient_privilege THEN
            RAISE NOTICE 'Role microstream_labeller was not made: % may not make roles', current_user;
        WHEN duplicate_object OR unique_violation THEN
            RAISE NOTICE 'Role microstream_labeller was made by another at this moment';
    END;
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_labeller') THEN
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO microstream_labeller', current_schema());
            GRANT SELECT, INSERT, UPDATE, DELETE ON labels TO microstream_labeller;
            GRANT SELECT ON bars TO microstream_labeller;
        END IF;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'Role microstream_labeller gets no rights: % may not grant them', current_user;
    END;
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_labeller')
           AND NOT pg_has_role(current_user, 'microstream_labeller', 'MEMBER') THEN
            EXECUTE format('GRANT microstream_labeller TO %I', current_user);
        END IF;
    EXCEPTION WHEN insufficient_privilege OR invalid_grant_operation THEN
        RAISE NOTICE 'Role microstream_labeller was not given to %: it may not grant it', current_user;
    END;
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'microstream_reader') THEN
            GRANT SELECT ON labels TO microstream_reader;
        END IF;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'Role microstream_reader may not read labels';
    END;
END
$$;
