-- Roles for a time: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE grants (
    id TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    holder TEXT NOT NULL,
    tenant TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX grants_by_time ON grants (created_at, id);
CREATE INDEX grants_by_holder ON grants (holder, created_at, id);
CREATE INDEX grants_by_tenant ON grants (tenant, created_at, id);
CREATE INDEX grants_by_state ON grants (state, created_at, id);
CREATE INDEX grants_by_end ON grants (ends_at);

-- The grant that an entry belongs to.
ALTER TABLE entries ADD COLUMN grant_id TEXT;
CREATE INDEX entries_by_grant ON entries (grant_id, occurred_at, sequence);
