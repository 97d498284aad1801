-- What the second stage of correlation knows of incidents, and silences. Times are epoch milliseconds UTC.

CREATE TABLE gathered (
    incident_id TEXT   NOT NULL PRIMARY KEY,
    edge        TEXT   NOT NULL,
    site        TEXT   NOT NULL,
    dedup_key   TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    source_id   TEXT   NOT NULL,
    grid        TEXT   NOT NULL,
    longitude   DOUBLE PRECISION,
    latitude    DOUBLE PRECISION,
    opened_at   BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    is_open     INTEGER NOT NULL,
    event_id    TEXT   NOT NULL,                -- the newest of it
    ticket_id   TEXT,                           -- its own or another's
    reason      TEXT   NOT NULL,                -- why that ticket, or none yet
    held_until  BIGINT                          -- null when it is not held
);
CREATE INDEX gathered_last ON gathered (last_at);
CREATE INDEX gathered_held ON gathered (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX gathered_ticket ON gathered (ticket_id) WHERE is_open = 1;

CREATE TABLE silence (
    id        TEXT   NOT NULL PRIMARY KEY,
    kinds     TEXT   NOT NULL,                  -- separated by spaces; empty: every one
    areas     TEXT   NOT NULL,                  -- codes, likewise
    sources   TEXT   NOT NULL,                  -- ids, likewise
    ticket_id TEXT   NOT NULL,                  -- that it is for and ends with; empty: for all that match
    from_at   BIGINT NOT NULL,
    until_at  BIGINT NOT NULL,
    author    TEXT   NOT NULL,
    comment   TEXT   NOT NULL,
    ended_at  BIGINT,                           -- before its time
    ended_by  TEXT   NOT NULL
);
CREATE INDEX silence_until ON silence (until_at);
