-- What the statements of the store call that PostgreSQL has under no or another name; made anew at each migration.

-- The members of a JSON list, in order; parameters are handed over so.
CREATE OR REPLACE FUNCTION json_members(list text) RETURNS TABLE (key bigint, value text) LANGUAGE sql IMMUTABLE STRICT ROWS 50 AS
$$ SELECT ordinality - 1, value COLLATE "C" FROM jsonb_array_elements_text(list::jsonb) WITH ORDINALITY $$;

CREATE OR REPLACE FUNCTION json_valid(said text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS
$$ BEGIN PERFORM said::jsonb; RETURN said IS NOT NULL; EXCEPTION WHEN data_exception THEN RETURN false; END $$;

-- '$.pay.words' → {pay,words}
CREATE OR REPLACE FUNCTION json_path(path text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT string_to_array(substr(path, 3), '.') $$;

CREATE OR REPLACE FUNCTION json_extract(said text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT said::jsonb #>> json_path(path) COLLATE "C" $$;

CREATE OR REPLACE FUNCTION json_set(said text, path text, new anyelement) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT jsonb_set(said::jsonb, json_path(path), to_jsonb(new))::text $$;

CREATE OR REPLACE FUNCTION json_remove(said text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT (said::jsonb #- json_path(path))::text $$;

CREATE OR REPLACE FUNCTION instr(said text, part text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT strpos(said, part) $$;

-- Of two values; nothing where one is missing, as in SQLite.
CREATE OR REPLACE FUNCTION max(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT CASE WHEN a COLLATE "C" >= b COLLATE "C" THEN a ELSE b END $$;
CREATE OR REPLACE FUNCTION min(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT CASE WHEN a COLLATE "C" <= b COLLATE "C" THEN a ELSE b END $$;
