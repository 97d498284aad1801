-- Of which tickets a message tells besides that of its first notice, so that a ticket's messages are found without reading
-- the text of all of them.

CREATE TABLE outbox_also (
    ticket_id TEXT NOT NULL,
    outbox_id TEXT NOT NULL,
    PRIMARY KEY (ticket_id, outbox_id)
);
CREATE INDEX outbox_also_message ON outbox_also (outbox_id);

INSERT INTO outbox_also (ticket_id, outbox_id)
SELECT DISTINCT notice.value ->> 'ticket', outbox.id
FROM outbox, ${notices} notice
WHERE outbox.notices LIKE '%},{"notice":"%' AND notice.value ->> 'ticket' <> outbox.ticket_id;
