-- Who may sign in, who is signed in, who did and saw what. Times are epoch milliseconds UTC.

CREATE TABLE account (
    name          TEXT    NOT NULL PRIMARY KEY,
    role          TEXT    NOT NULL,             -- viewer, dispatcher, unit, supervisor, admin
    areas         TEXT    NOT NULL,             -- codes, separated by blanks; empty: everywhere
    unit          TEXT    NOT NULL,             -- whose tickets only; empty: of all units
    password      TEXT    NOT NULL,             -- argon2id, never the password
    disabled      INTEGER NOT NULL,
    sessions_from BIGINT  NOT NULL,             -- sessions that began earlier are over
    changed_at    BIGINT  NOT NULL,
    changed_by    TEXT    NOT NULL
);

CREATE TABLE session (
    id_hash   TEXT   NOT NULL PRIMARY KEY,      -- SHA-256 of the id, in hex
    name      TEXT   NOT NULL,
    begun_at  BIGINT NOT NULL,
    used_at   BIGINT NOT NULL                   -- may lag ten minutes behind
);
CREATE INDEX session_used ON session (used_at);

CREATE TABLE audit (
    number     BIGINT NOT NULL PRIMARY KEY,     -- from 1 on, without gaps
    at         BIGINT NOT NULL,
    actor      TEXT   NOT NULL,
    address    TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    chain_hash TEXT   NOT NULL                  -- SHA-256 over the previous one and this row, in hex
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_actor ON audit (actor, number);

-- The grid of an event's place, by which rights are decided for events without a ticket. Of earlier events it is not
-- known: those without a ticket are seen by people who are confined to no place.
ALTER TABLE event ADD COLUMN grid TEXT NOT NULL DEFAULT '';
