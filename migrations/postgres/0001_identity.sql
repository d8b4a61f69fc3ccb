-- People, their passkeys, and what is under way at the door.
-- Secrets stand here only as SHA-256 digests; times are microseconds since 1970 (UTC).

CREATE TABLE people (
    login TEXT PRIMARY KEY NOT NULL,
    handle TEXT UNIQUE,
    locked_at BIGINT
);

-- One link per person: a new one voids the one before it.
CREATE TABLE links (
    digest TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL REFERENCES people (login),
    label TEXT NOT NULL,
    record TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_by_login ON passkeys (login, created_at);

CREATE TABLE ceremonies (
    digest TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX ceremonies_by_end ON ceremonies (expires_at);

-- A nonce outlives its ceremony: the decision that it signs consumes it.
CREATE TABLE nonces (
    nonce TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX nonces_by_end ON nonces (expires_at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL REFERENCES people (login),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX sessions_by_login ON sessions (login, created_at);

CREATE TABLE cookies (
    digest TEXT PRIMARY KEY NOT NULL,
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX cookies_by_end ON cookies (expires_at);
