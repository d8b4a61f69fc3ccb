-- Requests: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE requests (
    id TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    requester TEXT NOT NULL,
    tenant TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX requests_by_time ON requests (created_at, id);
CREATE INDEX requests_by_requester ON requests (requester, created_at, id);
CREATE INDEX requests_by_tenant ON requests (tenant, created_at, id);
CREATE INDEX requests_by_state ON requests (state, created_at, id);
CREATE INDEX requests_by_end ON requests (ends_at);
