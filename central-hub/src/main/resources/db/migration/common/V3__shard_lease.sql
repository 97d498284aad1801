-- Which hub may write a shard. The writer renews its row in every transaction, so that a hub that was frozen and lost it
-- cannot commit any more.

CREATE TABLE shard_lease (
    shard       BIGINT NOT NULL PRIMARY KEY,
    owner       TEXT   NOT NULL,                -- name of the hub that writes
    token       BIGINT NOT NULL,                -- rises by one whenever the owner changes
    valid_until BIGINT NOT NULL                 -- nobody else takes it before
);
