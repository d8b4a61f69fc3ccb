-- Drills of break-glass: their reviews stand against nothing.

ALTER TABLE reviews ADD COLUMN is_drill BIGINT NOT NULL DEFAULT 0;
