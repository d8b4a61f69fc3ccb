-- The audit log. `leaf` is the entry; the other columns only find it.
-- Entries never change and never vanish, and their numbers have no gap: each refusal stands here,
-- so that it holds for whoever writes to this database, not only for the console.

CREATE TABLE log_head (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 0),
    next BIGINT NOT NULL
);
INSERT INTO log_head (id, next) VALUES (0, 0);

CREATE TABLE entries (
    sequence BIGINT PRIMARY KEY NOT NULL,
    occurred_at BIGINT NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    tenant TEXT,
    request TEXT,
    leaf BYTEA NOT NULL
);
CREATE INDEX entries_by_time ON entries (occurred_at, sequence);
CREATE INDEX entries_by_actor ON entries (actor, occurred_at, sequence);
CREATE INDEX entries_by_action ON entries (action, occurred_at, sequence);
CREATE INDEX entries_by_outcome ON entries (outcome, occurred_at, sequence);
CREATE INDEX entries_by_tenant ON entries (tenant, occurred_at, sequence);
CREATE INDEX entries_by_request ON entries (request, occurred_at, sequence);

-- `pg_temp` stands last in each search path: a temporary table must not pass for the log.
CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END
$$;

CREATE FUNCTION entry_follows_the_head() RETURNS TRIGGER LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.sequence IS DISTINCT FROM (SELECT next FROM log_head WHERE id = 0) THEN
        RAISE EXCEPTION 'entries are numbered without gaps and never replaced';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION entry_moves_the_head() RETURNS TRIGGER LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE log_head SET next = NEW.sequence + 1 WHERE id = 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION head_follows_the_entries() RETURNS TRIGGER LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.next IS DISTINCT FROM (SELECT COALESCE(MAX(sequence) + 1, 0) FROM entries) THEN
        RAISE EXCEPTION 'the head of the log follows its entries';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER entries_follow_the_head BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entry_follows_the_head();

CREATE TRIGGER entries_move_the_head AFTER INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entry_moves_the_head();

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse('entries never change');

CREATE TRIGGER entries_never_vanish BEFORE DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse('entries never vanish');

-- Writing what it holds already is how a writer takes the head; anything else must follow the entries.
CREATE TRIGGER head_follows_the_entries BEFORE UPDATE ON log_head
FOR EACH ROW EXECUTE FUNCTION head_follows_the_entries();

CREATE TRIGGER head_stands_alone BEFORE INSERT ON log_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse('the log has one head');

CREATE TRIGGER head_never_vanishes BEFORE DELETE OR TRUNCATE ON log_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse('the head of the log never vanishes');
