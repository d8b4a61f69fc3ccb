-- What requests are about, so that what else is asked for or was done there is found, and nothing is done twice at once.

-- The target: its cluster's identifier and its own. Requests from before are about none that can be asked about.
ALTER TABLE requests ADD COLUMN target TEXT NOT NULL DEFAULT '';
-- When the word was given.
ALTER TABLE requests ADD COLUMN acted_at INTEGER;
-- The target once more while the request is being carried out: two at once are refused here.
ALTER TABLE requests ADD COLUMN in_flight TEXT;

CREATE INDEX requests_by_target ON requests (target, created_at, id);
CREATE INDEX requests_by_last_act ON requests (target, acted_at);
CREATE INDEX requests_by_act ON requests (tenant, acted_at);
CREATE UNIQUE INDEX requests_in_flight ON requests (in_flight);
