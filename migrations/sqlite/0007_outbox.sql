-- What is to be told outside, until it is. Events come in with the entry that tells of the same; deliveries follow
-- from them by the policy in force. Whoever holds a delivery has `claim` and, until then, `due_at`; what was given up
-- is due no more.

CREATE TABLE events (
    entry INTEGER PRIMARY KEY NOT NULL,
    record TEXT NOT NULL
) STRICT;

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY NOT NULL,
    entry INTEGER NOT NULL,
    request TEXT NOT NULL,
    destination TEXT NOT NULL,
    record TEXT NOT NULL,
    since INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    claim TEXT,
    failure TEXT,
    stuck_at INTEGER
) STRICT;
CREATE UNIQUE INDEX deliveries_by_request ON deliveries (destination, request, entry);
CREATE INDEX deliveries_by_destination ON deliveries (destination, due_at);
CREATE INDEX deliveries_by_time ON deliveries (due_at, destination);
CREATE INDEX deliveries_stuck ON deliveries (stuck_at, id);
