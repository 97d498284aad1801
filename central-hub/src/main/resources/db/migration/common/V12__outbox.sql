-- What is to be told outside, laid down in the transaction of what it tells of, and what became of each try.
-- Times are epoch milliseconds UTC.

CREATE TABLE outbox (
    id        TEXT    NOT NULL PRIMARY KEY,     -- the same at every try
    contact   TEXT    NOT NULL,
    channel   TEXT    NOT NULL,
    grouped   TEXT    NOT NULL,                 -- what goes together; * for what was held back
    ticket_id TEXT    NOT NULL,                 -- that the first notice is about
    made_at   BIGINT  NOT NULL,
    due_at    BIGINT  NOT NULL,                 -- not before
    reason    TEXT    NOT NULL,                 -- why at that moment
    notices   TEXT    NOT NULL,                 -- JSON
    omitted   INTEGER NOT NULL,                 -- how many more there would be
    state     TEXT    NOT NULL,                 -- waiting, delivered, dead
    tries     INTEGER NOT NULL,
    rung      INTEGER NOT NULL,                 -- of the ladder of pauses
    next_at   BIGINT                            -- null when it is over
);
CREATE INDEX outbox_due ON outbox (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_line ON outbox (contact, channel, due_at);
CREATE INDEX outbox_ticket ON outbox (ticket_id, made_at);
CREATE INDEX outbox_newest ON outbox (made_at, id);
CREATE INDEX outbox_state ON outbox (state, made_at, id);

CREATE TABLE delivery_try (
    outbox_id TEXT    NOT NULL,
    number    INTEGER NOT NULL,                 -- from 1 on
    at        BIGINT  NOT NULL,
    millis    BIGINT  NOT NULL,
    outcome   TEXT    NOT NULL,                 -- delivered, failed, refused
    detail    TEXT    NOT NULL,
    PRIMARY KEY (outbox_id, number)
);
