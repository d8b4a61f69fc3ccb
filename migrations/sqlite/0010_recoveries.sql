-- Recoveries of people who lost every passkey: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE recoveries (
    id TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- When it runs out by itself, while it is under way.
    ends_at INTEGER,
    -- The person, while it is under way: there is never a second.
    under_way TEXT,
    -- The digest of the link that can be used.
    link TEXT,
    -- When the person came in again by it.
    recovered_at INTEGER,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX recoveries_by_time ON recoveries (created_at, id);
CREATE INDEX recoveries_by_state ON recoveries (state, created_at, id);
CREATE INDEX recoveries_by_person ON recoveries (person, created_at, id);
CREATE INDEX recoveries_by_return ON recoveries (person, recovered_at);
CREATE UNIQUE INDEX recoveries_under_way ON recoveries (under_way);
CREATE UNIQUE INDEX recoveries_by_link ON recoveries (link);
-- Whatever somebody was signing is void once they are recovered.
CREATE INDEX nonces_by_login ON nonces (login);
