-- The desk: the inbox and what of it is read, what can be taken back, sign-ins, readings over time, wishes to the daemon.

-- What a person has read.
CREATE TABLE reads (
    person TEXT NOT NULL DEFAULT '',
    job    INTEGER NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    at     TEXT NOT NULL,
    PRIMARY KEY (person, job)
) WITHOUT ROWID;

-- What a person did and can take back: the rows as they were.
CREATE TABLE undo (
    id     INTEGER PRIMARY KEY,
    person TEXT NOT NULL DEFAULT '',
    at     TEXT NOT NULL,
    said   TEXT NOT NULL,             -- what was said after it
    what   TEXT,                      -- JSON: which rows, before and after; NULL: it cannot be taken back
    undone TEXT
);
CREATE INDEX undo_by_person ON undo(person, id);

-- Sign-ins; of the cookie and of the one-time link only the hash.
CREATE TABLE sessions (
    id     TEXT PRIMARY KEY,
    person TEXT NOT NULL DEFAULT '',
    made   TEXT NOT NULL,
    until  TEXT NOT NULL,
    agent  TEXT NOT NULL DEFAULT '',
    theme  TEXT NOT NULL DEFAULT 'auto',
    keys   INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE login_links (
    id     TEXT PRIMARY KEY,
    person TEXT NOT NULL DEFAULT '',
    until  TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passwords (
    person TEXT PRIMARY KEY,
    hash   TEXT NOT NULL              -- argon2id
) WITHOUT ROWID;

-- One row for each reading of a source (one a day after two weeks).
CREATE TABLE readings (
    source TEXT NOT NULL REFERENCES sources(key) ON DELETE CASCADE,
    at     TEXT NOT NULL,
    listed INTEGER,
    new    INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, at)
) WITHOUT ROWID;
CREATE TRIGGER readings_good AFTER UPDATE OF read ON sources WHEN NEW.read IS NOT OLD.read BEGIN
    INSERT INTO readings (source, at, listed) VALUES (NEW.key, NEW.read, NEW.listed)
        ON CONFLICT (source, at) DO UPDATE SET listed = excluded.listed;
END;
CREATE TRIGGER readings_bad AFTER UPDATE OF failures ON sources WHEN NEW.failures > OLD.failures BEGIN
    INSERT INTO readings (source, at, failed) VALUES (NEW.key, coalesce(NEW.tried, NEW.failing_since, NEW.due), 1)
        ON CONFLICT (source, at) DO UPDATE SET failed = 1;
END;
-- Not of a row without its text, or more: that is put back by retention.py, and was new once.
CREATE TRIGGER readings_new AFTER INSERT ON postings WHEN NEW.raw NOT IN ('', 'gone') BEGIN
    INSERT INTO readings (source, at, new) VALUES (NEW.source, NEW.first_seen, 1)
        ON CONFLICT (source, at) DO UPDATE SET new = new + 1;
END;

-- Wishes to the daemon, which answers in the same row.
CREATE TABLE requests (
    id      INTEGER PRIMARY KEY,
    person  TEXT NOT NULL DEFAULT '',
    at      TEXT NOT NULL,
    what    TEXT NOT NULL,            -- read | pause | resume | test | reload
    subject TEXT NOT NULL DEFAULT '', -- the key of a source, the name of a channel
    until   TEXT,
    state   TEXT NOT NULL DEFAULT 'open',  -- open | done | refused
    answer  TEXT NOT NULL DEFAULT '',
    settled TEXT
);
CREATE INDEX requests_open ON requests(id) WHERE state = 'open';

-- What can be filtered of a listing, as columns; several values are lines of one text. Kept together with the posting.
CREATE TABLE facets (
    posting    INTEGER PRIMARY KEY REFERENCES postings(id) ON DELETE CASCADE,
    company    TEXT, work TEXT, employment TEXT, industry TEXT, category TEXT, level TEXT, countries TEXT, cities TEXT,
    pay        REAL,                  -- the most that is paid in a year …
    currency   TEXT                   -- … and in which currency
);
INSERT INTO facets
SELECT id, json_extract(posting, '$.company_key'),
       (SELECT group_concat(value, char(10)) FROM json_each(posting, '$.work')),
       (SELECT group_concat(value, char(10)) FROM json_each(posting, '$.employment')),
       json_extract(posting, '$.industry'), json_extract(posting, '$.category'), json_extract(posting, '$.level'),
       (SELECT group_concat(v, char(10)) FROM (
            SELECT json_extract(value, '$.country') AS v FROM json_each(posting, '$.places')
            UNION SELECT value FROM json_each(posting, '$.remote_scope'))),
       (SELECT group_concat(v, char(10)) FROM (SELECT DISTINCT json_extract(value, '$.city') AS v FROM json_each(posting, '$.places'))),
       coalesce(json_extract(posting, '$.pay.max'), json_extract(posting, '$.pay.min'))
           * CASE json_extract(posting, '$.pay.period') WHEN 'hour' THEN 2080 WHEN 'day' THEN 260 WHEN 'week' THEN 52 WHEN 'month' THEN 12 ELSE 1 END,
       coalesce(json_extract(posting, '$.pay.currency'), '')
FROM postings WHERE json_valid(posting);

-- The same of a job as a whole: what its open listings say (all, where none is open).
CREATE VIEW job_facets AS
SELECT p.job,
       group_concat(p.source, char(10)) AS sources, group_concat(f.company, char(10)) AS companies,
       group_concat(f.work, char(10)) AS work, group_concat(f.employment, char(10)) AS employment,
       group_concat(f.industry, char(10)) AS industry, group_concat(f.category, char(10)) AS category,
       group_concat(f.level, char(10)) AS level, group_concat(f.countries, char(10)) AS countries,
       group_concat(f.cities, char(10)) AS cities, max(f.pay) AS pay, f.currency
FROM postings p JOIN facets f ON f.posting = p.id JOIN jobs ON jobs.id = p.job
WHERE p.closed IS NULL OR jobs.closed IS NOT NULL
GROUP BY p.job;

-- One row for each job that a search wants or wanted; kept by the triggers below.
CREATE TABLE inbox (
    job        INTEGER PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
    at         TEXT NOT NULL,         -- when there last was something to tell
    score      REAL NOT NULL,
    quiet      INTEGER NOT NULL,      -- it was there before anybody asked, and nothing of it was told
    searches   TEXT, sources TEXT, companies TEXT, work TEXT, employment TEXT, industry TEXT, category TEXT, level TEXT,
    countries  TEXT, cities TEXT, pay REAL, currency TEXT
);
INSERT INTO inbox (job, at, score, quiet, searches)
SELECT m.job, max(m.at), max(m.score), j.quiet AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.job = m.job), group_concat(m.search, char(10))
FROM matches m JOIN jobs j ON j.id = m.job GROUP BY m.job;
UPDATE inbox SET (sources, companies, work, employment, industry, category, level, countries, cities, pay, currency) =
    (SELECT sources, companies, work, employment, industry, category, level, countries, cities, pay, currency FROM job_facets f WHERE f.job = inbox.job);
CREATE INDEX inbox_by_at ON inbox(at, job);

CREATE TRIGGER inbox_match AFTER INSERT ON matches BEGIN
    INSERT INTO inbox (job, at, score, quiet, searches)
    VALUES (NEW.job, NEW.at, NEW.score, coalesce((SELECT quiet FROM jobs WHERE id = NEW.job), 0), NEW.search)
    ON CONFLICT (job) DO UPDATE SET at = max(at, excluded.at), score = max(score, excluded.score),
        quiet = min(quiet, excluded.quiet), searches = searches || char(10) || excluded.searches;
    UPDATE inbox SET (sources, companies, work, employment, industry, category, level, countries, cities, pay, currency) =
        (SELECT sources, companies, work, employment, industry, category, level, countries, cities, pay, currency FROM job_facets f WHERE f.job = NEW.job)
    WHERE job = NEW.job AND sources IS NULL;
END;
CREATE TRIGGER inbox_score AFTER UPDATE OF score ON matches WHEN NEW.score IS NOT OLD.score BEGIN
    UPDATE inbox SET score = (SELECT max(score) FROM matches WHERE job = NEW.job) WHERE job = NEW.job;
END;
CREATE TRIGGER inbox_moved AFTER UPDATE OF job ON matches WHEN NEW.job <> OLD.job BEGIN
    INSERT INTO inbox (job, at, score, quiet, searches)
    VALUES (NEW.job, NEW.at, NEW.score, coalesce((SELECT quiet FROM jobs WHERE id = NEW.job), 0), NEW.search)
    ON CONFLICT (job) DO UPDATE SET at = max(at, excluded.at), score = max(score, excluded.score),
        quiet = min(quiet, excluded.quiet), searches = searches || char(10) || excluded.searches;
    UPDATE inbox SET (sources, companies, work, employment, industry, category, level, countries, cities, pay, currency) =
        (SELECT sources, companies, work, employment, industry, category, level, countries, cities, pay, currency FROM job_facets f WHERE f.job = NEW.job)
    WHERE job = NEW.job;
    DELETE FROM inbox WHERE job = OLD.job AND NOT EXISTS (SELECT 1 FROM matches WHERE job = OLD.job);
END;
CREATE TRIGGER inbox_unmatched AFTER DELETE ON matches BEGIN
    DELETE FROM inbox WHERE job = OLD.job AND NOT EXISTS (SELECT 1 FROM matches WHERE job = OLD.job);
    UPDATE inbox SET searches = (SELECT group_concat(search, char(10)) FROM matches WHERE job = OLD.job) WHERE job = OLD.job;
END;
CREATE TRIGGER inbox_told AFTER INSERT ON alerts BEGIN
    UPDATE inbox SET at = max(at, NEW.at), quiet = 0 WHERE job = NEW.job;
END;
CREATE TRIGGER inbox_listed AFTER INSERT ON facets BEGIN
    UPDATE inbox SET (sources, companies, work, employment, industry, category, level, countries, cities, pay, currency) =
        (SELECT sources, companies, work, employment, industry, category, level, countries, cities, pay, currency FROM job_facets f WHERE f.job = inbox.job)
    WHERE job = (SELECT job FROM postings WHERE id = NEW.posting);
END;
CREATE TRIGGER inbox_said AFTER UPDATE OF job, closed ON postings
WHEN NEW.job <> OLD.job OR NEW.closed IS NOT OLD.closed BEGIN
    UPDATE inbox SET (sources, companies, work, employment, industry, category, level, countries, cities, pay, currency) =
        (SELECT sources, companies, work, employment, industry, category, level, countries, cities, pay, currency FROM job_facets f WHERE f.job = inbox.job)
    WHERE job IN (NEW.job, OLD.job) AND EXISTS (SELECT 1 FROM job_facets f WHERE f.job = inbox.job);
END;
