-- Title and company as columns, and an index of the words of postings.
ALTER TABLE postings ADD COLUMN title text COLLATE "C";
ALTER TABLE postings ADD COLUMN company text COLLATE "C";
CREATE INDEX postings_not_indexed ON postings(id) WHERE title IS NULL;

-- Stems of English and no word left out, as SQLite's "porter".
CREATE TEXT SEARCH DICTIONARY job_alerts (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION job_alerts (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION job_alerts
    ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part, numword, numhword WITH job_alerts;

-- Without marks on letters, and parted at all that is no letter or number: "node.js" is two words, and no name of a host.
CREATE FUNCTION folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT regexp_replace(regexp_replace(lower(normalize(coalesce(said, ''), NFD)), '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g') $$;

-- The index of one posting takes no more than a megabyte; its first 100,000 characters always fit.
CREATE FUNCTION words_of(title text, company text, said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT strip(to_tsvector('job_alerts', folded(concat_ws(' ', title, company, left(said, 100000))))) $$;

CREATE FUNCTION words_asked(said text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT plainto_tsquery('job_alerts', folded(said)) $$;

CREATE TABLE postings_fts (
    posting bigint PRIMARY KEY REFERENCES postings(id) ON DELETE CASCADE DEFERRABLE,
    words   tsvector NOT NULL
);
CREATE INDEX postings_fts_words ON postings_fts USING gin (words);
