-- Tickets that are not done, by unit; under the empty unit those that nobody has.
CREATE INDEX ticket_unfinished ON ticket (unit, opened_at, id) WHERE category IN ('open', 'suspended');
