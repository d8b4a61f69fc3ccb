-- Recoveries of people who lost every passkey: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE recoveries (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it runs out by itself, while it is under way.
    ends_at BIGINT,
    -- The person, while it is under way: there is never a second.
    under_way TEXT,
    -- The digest of the link that can be used.
    link TEXT,
    -- When the person came in again by it.
    recovered_at BIGINT,
    record TEXT NOT NULL
);
CREATE INDEX recoveries_by_time ON recoveries (created_at, id);
CREATE INDEX recoveries_by_state ON recoveries (state, created_at, id);
CREATE INDEX recoveries_by_person ON recoveries (person, created_at, id);
CREATE INDEX recoveries_by_return ON recoveries (person, recovered_at);
CREATE UNIQUE INDEX recoveries_under_way ON recoveries (under_way);
CREATE UNIQUE INDEX recoveries_by_link ON recoveries (link);
-- Whatever somebody was signing is void once they are recovered.
CREATE INDEX nonces_by_login ON nonces (login);

-- What the runtime role may do, with this.
ALTER FUNCTION grant_runtime(TEXT) RENAME TO grant_runtime_before_recoveries;
CREATE FUNCTION grant_runtime(runtime TEXT) RETURNS BIGINT LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grant_runtime_before_recoveries(runtime);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON recoveries TO %I', runtime);
    RETURN 0;
END
$$;
REVOKE ALL ON FUNCTION grant_runtime(TEXT) FROM PUBLIC;
