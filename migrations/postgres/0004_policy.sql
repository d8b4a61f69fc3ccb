-- The digest of the one policy in force. Decisions taken under another are refused when they commit.

CREATE TABLE policy (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 0),
    digest TEXT NOT NULL
);
