-- Reviews of break-glass sessions: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE reviews (
    session TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    incident TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    -- The person, while the session is live that they opened alone: there is never a second.
    live_alone TEXT,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_by_time ON reviews (opened_at, session);
CREATE INDEX reviews_by_state ON reviews (state, opened_at, session);
CREATE INDEX reviews_by_person ON reviews (person, opened_at, session);
CREATE INDEX reviews_by_incident ON reviews (incident, opened_at, session);
CREATE UNIQUE INDEX reviews_live_alone ON reviews (live_alone);
