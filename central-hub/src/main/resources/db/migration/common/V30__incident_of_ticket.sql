-- A ticket's page has the events of all its incidents; without this each look went through every incident there is.

CREATE INDEX incident_of_ticket ON incident (ticket_id) WHERE ticket_id IS NOT NULL;
