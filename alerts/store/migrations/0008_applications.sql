-- Applications: what a person applied for, as it read that day, and all that happened since.

-- One row for each application. Two jobs that turn out to be one may both have one: they are shown as one, and nothing is joined,
-- so that jobs that are parted again have each their own.
CREATE TABLE applications (
    id      INTEGER PRIMARY KEY,
    person  TEXT NOT NULL DEFAULT '',
    job     INTEGER NOT NULL REFERENCES jobs(id),               -- as it was when it began
    listing INTEGER REFERENCES postings(id) ON DELETE SET NULL, -- the listing that was shown; the application goes where it goes
    begun   TEXT NOT NULL,
    seen    INTEGER NOT NULL DEFAULT 0                          -- the last event that was there when it began
);
CREATE INDEX applications_by_job ON applications(job);
CREATE INDEX applications_by_listing ON applications(listing);

-- Everything that is said of it, in the order in which it was written; what was taken back stays, and says when.
CREATE TABLE application_entries (
    id          INTEGER PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES applications(id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,        -- state | note | contact | reminder | nudge | draft | letter | file | answer
    words       TEXT NOT NULL,
    more        TEXT NOT NULL DEFAULT '{}',
    at          TEXT NOT NULL,        -- when it was so
    written     TEXT NOT NULL,
    undone      TEXT
);
CREATE INDEX application_entries_by_application ON application_entries(application);

-- The posting as it read: at the beginning, and when it was applied for, where it had become another.
CREATE TABLE application_copies (
    id          INTEGER PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES applications(id) ON DELETE CASCADE,
    at          TEXT NOT NULL,
    source      TEXT NOT NULL,        -- its name
    posting     TEXT NOT NULL,        -- JSON of model.Posting without its text
    text        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX application_copies_by_application ON application_copies(application);

-- Which reminders were owed to a channel: each once.
CREATE TABLE application_told (
    application INTEGER NOT NULL REFERENCES applications(id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (application, key)
) WITHOUT ROWID;

-- Which job an application is of today: that of its listing; where that is gone, the one that its job turned out to be.
CREATE VIEW application_jobs AS
WITH RECURSIVE leads (application, job) AS (
    SELECT a.id, coalesce((SELECT p.job FROM postings p WHERE p.id = a.listing), a.job) FROM applications a
    UNION SELECT l.application, j.merged FROM leads l JOIN jobs j ON j.id = l.job WHERE j.merged IS NOT NULL
)
SELECT l.application, l.job FROM leads l JOIN jobs j ON j.id = l.job WHERE j.merged IS NULL;
