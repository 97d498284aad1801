-- The hub's core tables. Times are epoch milliseconds UTC, enums lower-case text, hashes 32 bytes.
-- Only a shard's writer writes; everything of one input is in one transaction. One file serves both databases:
-- BIGINT, TEXT, DOUBLE PRECISION, ${blob}.

CREATE TABLE journal (
    shard       BIGINT NOT NULL,
    "offset"    BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    kind        TEXT    NOT NULL,              -- record, volatile, hello, goodbye, lease, silence, fork, evidence, command
    edge        TEXT    NOT NULL DEFAULT '',
    epoch       TEXT    NOT NULL DEFAULT '',
    lane        TEXT    NOT NULL DEFAULT '',
    sequence    BIGINT NOT NULL DEFAULT 0,
    body        ${blob} NOT NULL,
    PRIMARY KEY (shard, "offset")
);
CREATE UNIQUE INDEX journal_record ON journal (edge, epoch, lane, sequence) WHERE kind = 'record';

CREATE TABLE lane_position (
    edge        TEXT    NOT NULL,
    epoch       TEXT    NOT NULL,
    lane        TEXT    NOT NULL,
    position    BIGINT NOT NULL,
    prefix_hash ${blob} NOT NULL,
    PRIMARY KEY (edge, epoch, lane)
);

CREATE TABLE edge (
    id                  TEXT    NOT NULL PRIMARY KEY,
    site                TEXT    NOT NULL,
    site_name_zh        TEXT    NOT NULL,
    site_name_en        TEXT    NOT NULL,
    epoch               TEXT    NOT NULL,
    forked_epoch        TEXT,                  -- this epoch was seen on two boxes and is not served any more
    fingerprint         TEXT    NOT NULL,
    boot_id             TEXT    NOT NULL,
    software_version    TEXT    NOT NULL,
    protocol_version    BIGINT NOT NULL,
    first_seen          BIGINT NOT NULL,
    last_seen           BIGINT NOT NULL,
    clock_offset_millis BIGINT NOT NULL,      -- edge minus hub
    connected           BIGINT NOT NULL,
    silent_since        BIGINT,               -- null while heard of
    configuration_hash  TEXT    NOT NULL
);

CREATE TABLE camera (
    edge      TEXT NOT NULL,
    id        TEXT NOT NULL,
    name_zh   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    place_zh  TEXT NOT NULL,
    place_en  TEXT NOT NULL,
    grid      TEXT NOT NULL,
    longitude DOUBLE PRECISION,
    latitude  DOUBLE PRECISION,
    subject   TEXT NOT NULL,
    PRIMARY KEY (edge, id)
);

CREATE TABLE sensor (
    edge      TEXT NOT NULL,
    id        TEXT NOT NULL,
    name_zh   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    place_zh  TEXT NOT NULL,
    place_en  TEXT NOT NULL,
    grid      TEXT NOT NULL,
    longitude DOUBLE PRECISION,
    latitude  DOUBLE PRECISION,
    subject   TEXT NOT NULL,
    quantity  TEXT NOT NULL,
    PRIMARY KEY (edge, id)
);

CREATE TABLE event (
    event_id       TEXT    NOT NULL PRIMARY KEY,
    revision       BIGINT NOT NULL,
    phase          TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    severity       TEXT    NOT NULL,
    lane           TEXT    NOT NULL,
    edge           TEXT    NOT NULL,
    site           TEXT    NOT NULL,
    source_type    TEXT    NOT NULL,
    source_id      TEXT    NOT NULL,
    zone           TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    dedup_key      TEXT    NOT NULL,
    occurred_at    BIGINT NOT NULL,           -- corrected by the edge's clock offset
    revised_at     BIGINT NOT NULL,           -- corrected likewise
    received_at    BIGINT NOT NULL,           -- when its first revision came
    incident_id    TEXT    NOT NULL,
    is_replayed    BIGINT NOT NULL,
    is_volatile    BIGINT NOT NULL,
    is_unconfirmed BIGINT NOT NULL,           -- still open, but its edge is silent
    body           ${blob} NOT NULL            -- the record body of the highest revision, as it came
);
CREATE INDEX event_newest ON event (received_at, event_id);
CREATE INDEX event_of_incident ON event (incident_id);
CREATE INDEX event_open ON event (edge) WHERE phase IN ('begun', 'updated');
CREATE INDEX event_of_source ON event (source_id, received_at);

CREATE TABLE incident (
    id            TEXT    NOT NULL PRIMARY KEY,
    edge          TEXT    NOT NULL,
    site          TEXT    NOT NULL,
    dedup_key     TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    severity      TEXT    NOT NULL,
    opened_at     BIGINT NOT NULL,            -- earliest occurrence
    last_event_at BIGINT NOT NULL,            -- latest occurrence or end
    ended_at      BIGINT,                     -- null while an event of it is open
    ticket_id     TEXT,
    event_count   BIGINT NOT NULL,
    open_events   BIGINT NOT NULL
);
CREATE INDEX incident_key ON incident (edge, dedup_key, opened_at);

CREATE TABLE ticket (
    id                   TEXT    NOT NULL PRIMARY KEY,   -- 20261121-0001: local day and number of the day
    number               BIGINT NOT NULL,               -- of the day
    incident_id          TEXT    NOT NULL,
    kind                 TEXT    NOT NULL,
    title_zh             TEXT    NOT NULL,
    title_en             TEXT    NOT NULL,
    severity             TEXT    NOT NULL,
    workflow             TEXT    NOT NULL,
    state                TEXT    NOT NULL,
    category             TEXT    NOT NULL,               -- open, closed, void
    site                 TEXT    NOT NULL,
    place_zh             TEXT    NOT NULL,
    place_en             TEXT    NOT NULL,
    grid                 TEXT    NOT NULL,
    longitude            DOUBLE PRECISION,
    latitude             DOUBLE PRECISION,
    source_type          TEXT    NOT NULL,
    source_id            TEXT    NOT NULL,
    source_name_zh       TEXT    NOT NULL,
    source_name_en       TEXT    NOT NULL,
    zone                 TEXT    NOT NULL,
    edge                 TEXT    NOT NULL,
    dedup_key            TEXT    NOT NULL,
    condition_cleared_at BIGINT,
    opened_at            BIGINT NOT NULL,
    occurred_at          BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    closed_at            BIGINT,
    version              BIGINT NOT NULL,               -- number of facts
    event_count          BIGINT NOT NULL,
    evidence_id          TEXT,                           -- first ready picture
    chain_hash           ${blob} NOT NULL                -- of the newest fact
);
CREATE UNIQUE INDEX ticket_of_incident ON ticket (incident_id);
CREATE INDEX ticket_newest ON ticket (opened_at, id);
CREATE INDEX ticket_state ON ticket (state, opened_at, id);
CREATE INDEX ticket_kind ON ticket (kind, opened_at, id);

CREATE TABLE ticket_fact (
    ticket_id    TEXT    NOT NULL,
    version      BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    actor        TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    from_state   TEXT    NOT NULL,
    to_state     TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    detail       TEXT    NOT NULL,                       -- JSON
    payload_hash ${blob} NOT NULL,
    chain_hash   ${blob} NOT NULL,                       -- SHA-256(previous chain hash, payload hash)
    PRIMARY KEY (ticket_id, version)
);

CREATE TABLE evidence (
    evidence_id TEXT    NOT NULL PRIMARY KEY,
    event_id    TEXT    NOT NULL,
    ticket_id   TEXT,
    edge        TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    state       TEXT    NOT NULL,                        -- pending, ready, lost
    sha256      TEXT    NOT NULL,                        -- lower-case hex; empty until ready
    size        BIGINT NOT NULL,
    taken_at    BIGINT,
    received_at BIGINT,
    lost_reason TEXT    NOT NULL
);
CREATE INDEX evidence_of_event ON evidence (event_id);
CREATE INDEX evidence_of_ticket ON evidence (ticket_id);

CREATE TABLE change (
    shard     BIGINT NOT NULL,
    "offset"  BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    entity    TEXT    NOT NULL,                          -- ticket, event, edge
    entity_id TEXT    NOT NULL,
    kind      TEXT    NOT NULL,                          -- added, changed
    PRIMARY KEY (shard, "offset")
);

CREATE TABLE timer (
    id      TEXT    NOT NULL PRIMARY KEY,
    shard   BIGINT NOT NULL,
    due_at  BIGINT NOT NULL,
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL
);
CREATE INDEX timer_due ON timer (shard, due_at);

CREATE TABLE quarantine (
    shard    BIGINT NOT NULL,
    "offset" BIGINT NOT NULL,                           -- of the journal entry on which a decision threw
    at       BIGINT NOT NULL,
    reason   TEXT    NOT NULL,
    body     ${blob} NOT NULL,
    PRIMARY KEY (shard, "offset")
);
