-- What is to be told outside, until it is. Events come in with the entry that tells of the same; deliveries follow
-- from them by the policy in force. Whoever holds a delivery has `claim` and, until then, `due_at`; what was given up
-- is due no more.

CREATE TABLE events (
    entry BIGINT PRIMARY KEY NOT NULL,
    record TEXT NOT NULL
);

CREATE TABLE deliveries (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    entry BIGINT NOT NULL,
    request TEXT NOT NULL,
    destination TEXT NOT NULL,
    record TEXT NOT NULL,
    since BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT,
    claim TEXT,
    failure TEXT,
    stuck_at BIGINT
);
CREATE UNIQUE INDEX deliveries_by_request ON deliveries (destination, request, entry);
CREATE INDEX deliveries_by_destination ON deliveries (destination, due_at);
CREATE INDEX deliveries_by_time ON deliveries (due_at, destination);
CREATE INDEX deliveries_stuck ON deliveries (stuck_at, id);

-- What the runtime role may do, with this. What was granted before is granted still, whichever migration says so.
ALTER FUNCTION grant_runtime(TEXT) RENAME TO grant_runtime_before_outbox;
CREATE FUNCTION grant_runtime(runtime TEXT) RETURNS BIGINT LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grant_runtime_before_outbox(runtime);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON events TO %I', runtime);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries TO %I', runtime);
    RETURN 0;
END
$$;
REVOKE ALL ON FUNCTION grant_runtime(TEXT) FROM PUBLIC;
