-- Several writers: which plan they share the edges by, and what the writers of edges hand over to the one of tickets.

CREATE TABLE shard_plan (
    id      BIGINT NOT NULL PRIMARY KEY,        -- always 0
    plan    BIGINT NOT NULL,                    -- rises by one whenever the number of writers changes
    writers BIGINT NOT NULL
);
INSERT INTO shard_plan (id, plan, writers) VALUES (0, 0, 1);

CREATE TABLE handover (
    plan     BIGINT  NOT NULL,
    shard    BIGINT  NOT NULL,                  -- that hands it over
    "offset" BIGINT  NOT NULL,                  -- of the input in that shard's journal
    part     BIGINT  NOT NULL,                  -- an input may have several
    edge     TEXT    NOT NULL,
    incident TEXT    NOT NULL,                  -- of which it tells; empty: of none
    at       BIGINT  NOT NULL,                  -- when it was, epoch milliseconds
    body     ${blob} NOT NULL,
    PRIMARY KEY (plan, shard, "offset", part)   -- deleted in the transaction that takes it over
);

-- Whether news of the incident is handed over whatever its kind: a ticket may stand for it.
ALTER TABLE incident ADD COLUMN is_handed INTEGER NOT NULL DEFAULT 0;
