-- What is due is looked for channel by channel, each second and after each message that was taken: what waits for a receiver
-- that takes nothing is not gone through for each of the others.

DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (channel, next_at, id) WHERE next_at IS NOT NULL;
