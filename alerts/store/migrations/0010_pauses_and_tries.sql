-- What a person lets rest for a while, apart from the pauses that a destination or a failure asks for; each try of a message;
-- and numbers by which a page knows that the inbox is still what it was.

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

-- Counts the changes of the inbox, and of what is read: who kept a part of it need not read it again while the numbers stay.
CREATE TABLE inbox_version (entries INTEGER NOT NULL, reads INTEGER NOT NULL);
INSERT INTO inbox_version VALUES (1, 1);
CREATE TRIGGER inbox_added AFTER INSERT ON inbox BEGIN UPDATE inbox_version SET entries = entries + 1; END;
CREATE TRIGGER inbox_changed AFTER UPDATE ON inbox BEGIN UPDATE inbox_version SET entries = entries + 1; END;
CREATE TRIGGER inbox_gone AFTER DELETE ON inbox BEGIN UPDATE inbox_version SET entries = entries + 1; END;
CREATE TRIGGER reads_added AFTER INSERT ON reads BEGIN UPDATE inbox_version SET reads = reads + 1; END;
CREATE TRIGGER reads_changed AFTER UPDATE ON reads BEGIN UPDATE inbox_version SET reads = reads + 1; END;
CREATE TRIGGER reads_gone AFTER DELETE ON reads BEGIN UPDATE inbox_version SET reads = reads + 1; END;
