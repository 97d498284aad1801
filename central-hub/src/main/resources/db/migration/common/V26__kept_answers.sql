-- What requests with an Idempotency-Key were answered, so that one that comes again after a restart is not done again.
-- Times are epoch milliseconds UTC.

CREATE TABLE kept_answer (
    owner           TEXT    NOT NULL,                   -- hash of a name and its rights at the time
    idempotency_key TEXT    NOT NULL,
    request         TEXT    NOT NULL,                   -- SHA-256 of method, address and body
    status          INTEGER NOT NULL,
    headers         TEXT    NOT NULL,                   -- a line each
    body            TEXT    NOT NULL,
    until_at        BIGINT  NOT NULL,
    PRIMARY KEY (owner, idempotency_key)
);
CREATE INDEX kept_answer_until ON kept_answer (until_at);
