-- Reviews of break-glass sessions: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE reviews (
    session TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    incident TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    -- The person, while the session is live that they opened alone: there is never a second.
    live_alone TEXT,
    record TEXT NOT NULL
);
CREATE INDEX reviews_by_time ON reviews (opened_at, session);
CREATE INDEX reviews_by_state ON reviews (state, opened_at, session);
CREATE INDEX reviews_by_person ON reviews (person, opened_at, session);
CREATE INDEX reviews_by_incident ON reviews (incident, opened_at, session);
CREATE UNIQUE INDEX reviews_live_alone ON reviews (live_alone);

-- What the runtime role may do, with this.
ALTER FUNCTION grant_runtime(TEXT) RENAME TO grant_runtime_before_reviews;
CREATE FUNCTION grant_runtime(runtime TEXT) RETURNS BIGINT LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grant_runtime_before_reviews(runtime);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON reviews TO %I', runtime);
    RETURN 0;
END
$$;
REVOKE ALL ON FUNCTION grant_runtime(TEXT) FROM PUBLIC;
