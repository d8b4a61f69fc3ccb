-- The audit log. `leaf` is the entry; the other columns only find it.
-- Entries never change and never vanish, and their numbers have no gap: each refusal stands here,
-- so that it holds for whoever writes to this file, not only for the console.

CREATE TABLE log_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 0),
    next INTEGER NOT NULL
) STRICT;
INSERT INTO log_head (id, next) VALUES (0, 0);

CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY NOT NULL,
    occurred_at INTEGER NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    tenant TEXT,
    request TEXT,
    leaf BLOB NOT NULL
) STRICT;
CREATE INDEX entries_by_time ON entries (occurred_at, sequence);
CREATE INDEX entries_by_actor ON entries (actor, occurred_at, sequence);
CREATE INDEX entries_by_action ON entries (action, occurred_at, sequence);
CREATE INDEX entries_by_outcome ON entries (outcome, occurred_at, sequence);
CREATE INDEX entries_by_tenant ON entries (tenant, occurred_at, sequence);
CREATE INDEX entries_by_request ON entries (request, occurred_at, sequence);

-- REPLACE deletes without firing DELETE triggers: it is refused as the insertion that it begins as.
CREATE TRIGGER entries_follow_the_head BEFORE INSERT ON entries
WHEN NEW.sequence IS NOT (SELECT next FROM log_head WHERE id = 0)
BEGIN
    SELECT RAISE(ABORT, 'entries are numbered without gaps and never replaced');
END;

CREATE TRIGGER entries_move_the_head AFTER INSERT ON entries
BEGIN
    UPDATE log_head SET next = NEW.sequence + 1 WHERE id = 0;
END;

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries never change');
END;

CREATE TRIGGER entries_never_vanish BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries never vanish');
END;

-- Writing what it holds already is how a writer takes the head; anything else must follow the entries.
CREATE TRIGGER head_follows_the_entries BEFORE UPDATE ON log_head
WHEN NEW.id IS NOT 0 OR NEW.next IS NOT (SELECT COALESCE(MAX(sequence) + 1, 0) FROM entries)
BEGIN
    SELECT RAISE(ABORT, 'the head of the log follows its entries');
END;

CREATE TRIGGER head_stands_alone BEFORE INSERT ON log_head
BEGIN
    SELECT RAISE(ABORT, 'the log has one head');
END;

CREATE TRIGGER head_never_vanishes BEFORE DELETE ON log_head
BEGIN
    SELECT RAISE(ABORT, 'the head of the log never vanishes');
END;
