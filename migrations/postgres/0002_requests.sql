-- Requests: the whole in `record` (canonical JSON), beside it what lists and races are decided by.

CREATE TABLE requests (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    requester TEXT NOT NULL,
    tenant TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT,
    record TEXT NOT NULL
);
CREATE INDEX requests_by_time ON requests (created_at, id);
CREATE INDEX requests_by_requester ON requests (requester, created_at, id);
CREATE INDEX requests_by_tenant ON requests (tenant, created_at, id);
CREATE INDEX requests_by_state ON requests (state, created_at, id);
CREATE INDEX requests_by_end ON requests (ends_at);
