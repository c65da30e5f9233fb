-- The first shape of the store. Times are UTC as 'YYYY-MM-DDTHH:MM:SS.ffffffZ', so that they sort as text.

-- One row for each source that was ever configured.
CREATE TABLE sources (
    key           TEXT PRIMARY KEY,   -- kind and options; stays the same when the user renames the source
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    configured    INTEGER NOT NULL DEFAULT 1,
    first_read    TEXT,               -- the first good reading: what it brought was already there and tells nothing
    due           TEXT NOT NULL,
    lease         TEXT,               -- being read until then; a lease that ran out is simply due again
    tried         TEXT,
    read          TEXT,               -- the last good reading
    changed       TEXT,               -- the last reading that brought something new
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    error         TEXT,
    listed        INTEGER,            -- postings in the last listing that counted
    dropped       INTEGER,            -- postings in a sharply smaller listing that must repeat before it counts
    typical       REAL,               -- running mean of postings listed
    interval      REAL,               -- learned seconds between two readings (every = "auto")
    requests      INTEGER NOT NULL DEFAULT 0,
    saved         INTEGER NOT NULL DEFAULT 0,  -- detail requests that no search could have wanted
    trouble       TEXT                -- the trouble that the operator was told of, until it is over
) WITHOUT ROWID;

-- What a server gave us to ask "has it changed?" with; and what the last body was.
CREATE TABLE validators (
    source        TEXT NOT NULL REFERENCES sources(key) ON DELETE CASCADE,
    request       TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    body          TEXT,               -- hash of the body that was read
    PRIMARY KEY (source, request)
) WITHOUT ROWID;

-- The thing a person can apply for.
CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY,
    first_seen TEXT NOT NULL,
    quiet      INTEGER NOT NULL DEFAULT 0,  -- it was there before anybody asked
    closed     TEXT,
    reposts    INTEGER NOT NULL DEFAULT 0,
    merged     INTEGER REFERENCES jobs(id)  -- another job that this one turned out to be
);

-- One listing at one source.
CREATE TABLE postings (
    id           INTEGER PRIMARY KEY,
    source       TEXT NOT NULL REFERENCES sources(key),
    source_id    TEXT NOT NULL,
    job          INTEGER NOT NULL REFERENCES jobs(id),
    raw          TEXT NOT NULL,       -- hash of what the source said: the same means that nothing changed
    posting      TEXT NOT NULL,       -- JSON of model.Posting without its text
    text         TEXT NOT NULL DEFAULT '',
    fingerprint  TEXT NOT NULL,       -- JSON of model.Fingerprint
    first_seen   TEXT NOT NULL,
    missed       INTEGER NOT NULL DEFAULT 0,
    first_missed TEXT,
    closed       TEXT,
    pending      TEXT,                -- details outstanding: 'new' or 'quiet', as the posting was when first seen
    tries        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, source_id)
);
CREATE INDEX postings_by_job ON postings(job);
CREATE INDEX postings_missed ON postings(source) WHERE missed > 0;
CREATE INDEX postings_pending ON postings(source) WHERE pending IS NOT NULL;
CREATE INDEX postings_by_source_id ON postings(source_id);

-- The keys by which postings that may be one job find each other.
CREATE TABLE blocks (
    key     TEXT NOT NULL,
    posting INTEGER NOT NULL REFERENCES postings(id) ON DELETE CASCADE,
    PRIMARY KEY (key, posting)
) WITHOUT ROWID;

-- Two jobs that are possibly one, and what the user said of pairs.
CREATE TABLE pairs (
    a        INTEGER NOT NULL REFERENCES jobs(id),
    b        INTEGER NOT NULL REFERENCES jobs(id),
    relation TEXT NOT NULL,           -- likely | same | different
    by_user  INTEGER NOT NULL DEFAULT 0,
    evidence TEXT NOT NULL DEFAULT '[]',
    at       TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

-- What happened to a job.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY,
    job     INTEGER NOT NULL REFERENCES jobs(id),
    posting INTEGER REFERENCES postings(id),
    kind    TEXT NOT NULL,            -- new | changed | reposted | closed | reopened
    at      TEXT NOT NULL,
    changes TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX events_by_job ON events(job);

-- Saved searches that were ever run, with the digest of what they asked for then.
CREATE TABLE searches (
    name   TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    since  TEXT NOT NULL
) WITHOUT ROWID;

-- Which searches want which jobs.
CREATE TABLE matches (
    search  TEXT NOT NULL,
    job     INTEGER NOT NULL REFERENCES jobs(id),
    at      TEXT NOT NULL,
    reasons TEXT NOT NULL,
    score   REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (search, job)
) WITHOUT ROWID;
CREATE INDEX matches_by_job ON matches(job);

-- The outbox: one match and event owed to one channel.
CREATE TABLE alerts (
    id       TEXT PRIMARY KEY,
    channel  TEXT NOT NULL,
    job      INTEGER NOT NULL REFERENCES jobs(id),
    event    TEXT NOT NULL,
    key      TEXT NOT NULL,           -- 'new', or the event's own id: what is told once
    search   TEXT NOT NULL,
    also     TEXT NOT NULL DEFAULT '[]',
    at       TEXT NOT NULL,
    changes  TEXT NOT NULL DEFAULT '[]',
    reasons  TEXT NOT NULL DEFAULT '[]',
    score    REAL NOT NULL DEFAULT 0,
    due      TEXT NOT NULL,
    state    TEXT NOT NULL DEFAULT 'owed',  -- owed | sent | dead | dropped
    delivery TEXT REFERENCES deliveries(id),
    UNIQUE (channel, job, key)
);
CREATE INDEX alerts_owed ON alerts(channel, due) WHERE state = 'owed' AND delivery IS NULL;
CREATE INDEX alerts_by_delivery ON alerts(delivery);
CREATE INDEX alerts_by_job ON alerts(job);

-- One message on one channel; its id never changes between tries.
CREATE TABLE deliveries (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL,
    created    TEXT NOT NULL,
    due        TEXT NOT NULL,
    lease      TEXT,
    attempts   INTEGER NOT NULL DEFAULT 0,
    state      TEXT NOT NULL DEFAULT 'waiting',  -- waiting | sent | dead | dropped
    error      TEXT,
    settled    TEXT,
    recipients TEXT NOT NULL DEFAULT '[]',       -- those still to be served; empty: all
    batch      TEXT NOT NULL DEFAULT '{}',       -- heading, part, parts, total
    notice     TEXT                              -- JSON {subject, text}: a word to the operator, not alerts
);
CREATE INDEX deliveries_waiting ON deliveries(channel, due) WHERE state = 'waiting';

-- How each channel is.
CREATE TABLE channels (
    name          TEXT PRIMARY KEY,
    not_before    TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    error         TEXT,
    sent          TEXT,
    trouble       TEXT
) WITHOUT ROWID;

-- What the user said of jobs, companies and searches.
CREATE TABLE marks (
    id      INTEGER PRIMARY KEY,
    mark    TEXT NOT NULL,            -- hide | applied | saved | note
    of      TEXT NOT NULL,            -- job | company | search
    subject TEXT NOT NULL,
    until   TEXT,
    note    TEXT NOT NULL DEFAULT '',
    at      TEXT NOT NULL
);
CREATE INDEX marks_by_subject ON marks(of, subject);

-- Small facts of the daemon itself: exchange rates, the last summary …
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    at    TEXT NOT NULL
) WITHOUT ROWID;
