-- What a person lets rest for a while, apart from the pauses that a destination or a failure asks for; each try of a message;
-- and numbers by which a page knows that the inbox is still what it was.

ALTER TABLE sources ADD COLUMN paused text COLLATE "C";   -- a person wants it not to be read until then
ALTER TABLE channels ADD COLUMN paused text COLLATE "C";  -- … nothing to be sent there until then

CREATE TABLE tries (
    delivery text COLLATE "C" NOT NULL REFERENCES deliveries(id) ON DELETE CASCADE DEFERRABLE,
    at       text COLLATE "C" NOT NULL,
    said     text COLLATE "C",        -- what came of it; NULL: it came to no end
    PRIMARY KEY (delivery, at)
);
CREATE FUNCTION tries_ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE tries SET said = CASE WHEN NEW.state = 'sent' THEN 'sent' ELSE coalesce(NEW.error, NEW.state) END
    WHERE delivery = NEW.id AND at = (SELECT max(at) FROM tries WHERE delivery = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER tries_ended AFTER UPDATE OF lease ON deliveries FOR EACH ROW
    WHEN (OLD.lease IS NOT NULL AND NEW.lease IS NULL AND (NEW.due <> OLD.due OR NEW.state <> OLD.state))
    EXECUTE FUNCTION tries_ended();

-- Every page of the desk asks whether something was given up.
CREATE INDEX alerts_dead ON alerts(channel) WHERE state = 'dead';

-- Counts the transactions that changed the inbox, and what is read. Once each: a row that one transaction changes thousands of
-- times leaves as many dead ones behind.
CREATE TABLE inbox_version (entries bigint NOT NULL, reads bigint NOT NULL, entries_in xid8, reads_in xid8);
INSERT INTO inbox_version VALUES (1, 1);
CREATE FUNCTION inbox_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE inbox_version SET entries = entries + 1, entries_in = pg_current_xact_id()
    WHERE entries_in IS DISTINCT FROM pg_current_xact_id();
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_counted AFTER INSERT OR UPDATE OR DELETE ON inbox FOR EACH ROW EXECUTE FUNCTION inbox_counted();
CREATE FUNCTION reads_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE inbox_version SET reads = reads + 1, reads_in = pg_current_xact_id()
    WHERE reads_in IS DISTINCT FROM pg_current_xact_id();
    RETURN NULL;
END $$;
CREATE TRIGGER reads_counted AFTER INSERT OR UPDATE OR DELETE ON reads FOR EACH ROW EXECUTE FUNCTION reads_counted();
