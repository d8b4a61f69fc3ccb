-- Roles for a time: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE grants (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    holder TEXT NOT NULL,
    tenant TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT,
    record TEXT NOT NULL
);
CREATE INDEX grants_by_time ON grants (created_at, id);
CREATE INDEX grants_by_holder ON grants (holder, created_at, id);
CREATE INDEX grants_by_tenant ON grants (tenant, created_at, id);
CREATE INDEX grants_by_state ON grants (state, created_at, id);
CREATE INDEX grants_by_end ON grants (ends_at);

-- The grant that an entry belongs to.
ALTER TABLE entries ADD COLUMN grant_id TEXT;
CREATE INDEX entries_by_grant ON entries (grant_id, occurred_at, sequence);

-- What the runtime role may do, with this.
ALTER FUNCTION grant_runtime(TEXT) RENAME TO grant_runtime_before_grants;
CREATE FUNCTION grant_runtime(runtime TEXT) RETURNS BIGINT LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grant_runtime_before_grants(runtime);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON grants TO %I', runtime);
    RETURN 0;
END
$$;
REVOKE ALL ON FUNCTION grant_runtime(TEXT) FROM PUBLIC;
