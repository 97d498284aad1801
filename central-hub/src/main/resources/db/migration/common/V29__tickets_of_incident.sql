-- What begins again when the ticket of its incident is done gets a ticket of its own, though it is of the same incident:
-- incident.ticket_id says which stands for it now. Nothing looked for tickets by their incident.

DROP INDEX ticket_of_incident;
