-- What a dispatcher found: true, false, duplicate, test; empty while nobody said.

ALTER TABLE ticket ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
CREATE INDEX ticket_verdict ON ticket (opened_at) WHERE verdict <> '';
