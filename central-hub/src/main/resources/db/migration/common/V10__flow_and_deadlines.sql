-- Who cares for a ticket and how that went; and by when each of its states, and the whole, must be done.
-- Times are epoch milliseconds UTC.

ALTER TABLE ticket ADD COLUMN unit TEXT NOT NULL DEFAULT '';            -- which answers for it
ALTER TABLE ticket ADD COLUMN resume_to TEXT NOT NULL DEFAULT '';       -- state from which it was suspended
ALTER TABLE ticket ADD COLUMN last_actor TEXT NOT NULL DEFAULT '';      -- who moved it last
ALTER TABLE ticket ADD COLUMN supervised INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN extension_asked TEXT NOT NULL DEFAULT ''; -- limit that waits for a decision
ALTER TABLE ticket ADD COLUMN suspended_until BIGINT;
ALTER TABLE ticket ADD COLUMN reworks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN send_backs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN extensions INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ticket_unit ON ticket (unit, opened_at, id);

CREATE TABLE deadline (
    ticket_id     TEXT    NOT NULL,
    step          TEXT    NOT NULL,             -- state of the workflow; * for the whole
    since_version BIGINT  NOT NULL,             -- the ticket's version when it began
    limit_text    TEXT    NOT NULL,             -- 15m natural, 4wh working hours, 2wd working days
    extra_millis  BIGINT  NOT NULL,             -- granted on top, in the limit's measure
    started_at    BIGINT  NOT NULL,
    spent_millis  BIGINT  NOT NULL,             -- counted before running_since
    running_since BIGINT,                       -- null while it stands still
    told_percent  INTEGER NOT NULL,             -- 100 once it has passed
    due_at        BIGINT,                       -- null while it stands still
    ended_at      BIGINT,                       -- null while it is open
    on_time       INTEGER,
    PRIMARY KEY (ticket_id, step, since_version)
);
CREATE INDEX deadline_due ON deadline (due_at, ticket_id) WHERE ended_at IS NULL;
CREATE INDEX deadline_ended ON deadline (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX timer_kind ON timer (shard, kind, due_at, id);
