-- What is over is found by its age, to be deleted.

CREATE INDEX incident_age ON incident (last_event_at) WHERE open_events = 0;
