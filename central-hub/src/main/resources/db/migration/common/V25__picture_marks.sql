-- What people found when they went through the pictures of patrols. Times are epoch milliseconds UTC.

CREATE TABLE picture_mark (
    event_id  TEXT   NOT NULL,                  -- the round
    camera    TEXT   NOT NULL,
    mark      TEXT   NOT NULL,                  -- fine, wrong, unclear
    note      TEXT   NOT NULL,
    marked_by TEXT   NOT NULL,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (event_id, camera)
);
