-- What matches opens no ticket until the work is over (maintenance), or opens one of which nobody is told (silence).

ALTER TABLE silence ADD COLUMN purpose TEXT NOT NULL DEFAULT 'silence';
