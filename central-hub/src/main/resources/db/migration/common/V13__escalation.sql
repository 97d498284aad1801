-- How far each ticket's ladder has gone. Times are epoch milliseconds UTC.

CREATE TABLE escalation (
    ticket_id   TEXT    NOT NULL PRIMARY KEY,
    ladder      TEXT    NOT NULL,
    run         INTEGER NOT NULL,               -- steps taken, in all rounds
    due_at      BIGINT,                         -- null while it stands still, or when it is over
    left_millis BIGINT,                         -- until the next step, while it stands still
    ended       TEXT    NOT NULL                -- goes_on, accepted, ticket_over, exhausted, ladder_gone
);
