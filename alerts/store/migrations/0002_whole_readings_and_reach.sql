-- When a source was last read in full, and how often it only said "nothing changed" since; since when it cannot be reached.
ALTER TABLE sources ADD COLUMN whole TEXT;                            -- the last reading with a body
ALTER TABLE sources ADD COLUMN unverified INTEGER NOT NULL DEFAULT 0; -- answers without a body since
ALTER TABLE sources ADD COLUMN unreachable TEXT;                      -- since when no try reached anybody
