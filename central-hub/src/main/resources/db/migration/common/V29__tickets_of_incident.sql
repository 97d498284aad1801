-- What begins again when the ticket of its incident is done gets a ticket of its own, though it is of the same incident:
-- incident.ticket_id says which stands for it now. Whoever saw a ticket sees what was told while it stood for its incident.

DROP INDEX ticket_of_incident;
CREATE INDEX ticket_of_incident ON ticket (incident_id);
