-- Announced work holds back nothing any more that lives hang on, unless it names the source: what waits for work is decided once
-- more at the next start; what the work may still hold back goes on waiting then.

UPDATE gathered SET held_until = 0 WHERE held_until IS NOT NULL AND reason = 'maintenance';
