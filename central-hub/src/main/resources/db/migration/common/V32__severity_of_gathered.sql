-- How severe the incident was when its ticket was last worked on; null of those from before, and of what has none.

ALTER TABLE gathered ADD COLUMN severity TEXT;
