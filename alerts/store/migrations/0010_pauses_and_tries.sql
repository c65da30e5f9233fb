-- What a person lets rest for a while, apart from the pauses that a destination or a failure asks for; and each try of a message.

ALTER TABLE sources ADD COLUMN paused TEXT;   -- a person wants it not to be read until then
ALTER TABLE channels ADD COLUMN paused TEXT;  -- … nothing to be sent there until then

CREATE TABLE tries (
    delivery TEXT NOT NULL REFERENCES deliveries(id) ON DELETE CASCADE,
    at       TEXT NOT NULL,
    said     TEXT,                    -- what came of it; NULL: it came to no end
    PRIMARY KEY (delivery, at)
) WITHOUT ROWID;
CREATE TRIGGER tries_ended AFTER UPDATE OF lease ON deliveries
WHEN OLD.lease IS NOT NULL AND NEW.lease IS NULL AND (NEW.due <> OLD.due OR NEW.state <> OLD.state) BEGIN
    UPDATE tries SET said = CASE WHEN NEW.state = 'sent' THEN 'sent' ELSE coalesce(NEW.error, NEW.state) END
    WHERE delivery = NEW.id AND at = (SELECT max(at) FROM tries WHERE delivery = NEW.id);
END;

-- Every page of the desk asks whether something was given up.
CREATE INDEX alerts_dead ON alerts(channel) WHERE state = 'dead';
