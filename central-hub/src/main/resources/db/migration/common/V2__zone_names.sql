-- What people call the zone that a ticket is about; the id until the edge tells a name.

ALTER TABLE ticket ADD COLUMN zone_zh TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN zone_en TEXT NOT NULL DEFAULT '';
UPDATE ticket SET zone_zh = zone, zone_en = zone;
