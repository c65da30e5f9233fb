"""New rows that go in as plain statements over the library's connection, and why: the list is whole, a test keeps it so.

Before each stands what sqlite-utils' own method costs in its place (processor time for a row, median of five runs of 2,000
in memory, SQLite 3.40, sqlite-utils 4.2.1; `python benchmarks/store_statements.py` measures it anew). Everything else is read
by ``execute``, and written by ``insert``, ``insert_all``, ``upsert`` and ``delete_where``; for an UPDATE with
a condition or a sum the library itself offers ``execute`` alone.
"""

from __future__ import annotations

# --- for every posting of a poll -------------------------------------------------------------------------------------

#: ``insert``: 89 µs against 3.
JOB = "INSERT INTO jobs (first_seen, quiet) VALUES (:first_seen, :quiet)"
#: ``insert``: 115 µs against 8.
POSTING = (
    "INSERT INTO postings (source, source_id, job, raw, posting, title, company, text, fingerprint, first_seen, pending) VALUES"
    " (:source, :source_id, :job, :raw, :posting, :title, :company, :text, :fingerprint, :first_seen, :pending)"
)
#: ``insert``: 92 µs against 4.
EVENT = "INSERT INTO events (job, posting, kind, at, changes) VALUES (:job, :posting, :kind, :at, :changes)"
#: ``insert_all(ignore=True)`` for the eight keys of a posting: 238 µs against 29.
BLOCK = "INSERT INTO blocks (key, posting) VALUES (?, ?) ON CONFLICT DO NOTHING"

# --- for every reading that is not unchanged ---------------------------------------------------------------------------

#: ``insert_all`` for the one row of a source: about 200 µs against 8.
VALIDATORS = "INSERT INTO validators (source, request, etag, last_modified, body, entries) VALUES (?, ?, ?, ?, ?, ?)"

# --- for every match -------------------------------------------------------------------------------------------------

#: The first time stays, which ``upsert`` would overwrite; and 238 µs against 5.
MATCH = (
    "INSERT INTO matches (search, job, at, reasons, score) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (search, job) DO UPDATE SET reasons = excluded.reasons, score = excluded.score"
)
#: What is owed already by (channel, job, key) stays, and the caller must know: ``insert(ignore=True)`` does not say.
ALERT = (
    "INSERT INTO alerts (id, channel, job, event, key, search, also, at, changes, reasons, score, due) VALUES"
    " (:id, :channel, :job, :event, :key, :search, :also, :at, :changes, :reasons, :score, :due)"
    " ON CONFLICT (channel, job, key) DO NOTHING"
)
#: As with alerts.
NOTICE = "INSERT INTO deliveries (id, channel, created, due, notice) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"

# --- for every message ------------------------------------------------------------------------------------------------

#: A clock that was set back may begin a try at the same moment again: it is one.
TRY = "INSERT INTO tries (delivery, at) VALUES (?, ?) ON CONFLICT DO NOTHING"

# --- new values that depend on the old ones, which ``upsert`` cannot say ----------------------------------------------

#: The day of the first run stays.
SEARCH = "INSERT INTO searches (name, digest, since) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET digest = excluded.digest"
#: When it is due stays.
SOURCE = (
    "INSERT INTO sources (key, name, kind, due) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (key) DO UPDATE SET name = excluded.name, configured = 1"
)
#: The user's word stays.
PAIR = (
    "INSERT INTO pairs (a, b, relation, by_user, evidence, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (a, b) DO UPDATE SET"
    " relation = excluded.relation, by_user = excluded.by_user, evidence = excluded.evidence, at = excluded.at"
    " WHERE excluded.by_user >= pairs.by_user"
)
#: Failures are added up.
CHANNEL_BAD = (
    "INSERT INTO channels (name, failures, failing_since, error, not_before)"
    " VALUES (:name, :counts, :now, :error, :not_before) ON CONFLICT (name) DO UPDATE SET"
    " failures = channels.failures + :counts, failing_since = coalesce(channels.failing_since, :now), error = :error,"
    " not_before = coalesce(:not_before, channels.not_before)"
)
#: From one job to another, without a detour through Python.
PARTED_MATCHES = "INSERT INTO matches SELECT search, ?, at, reasons, score FROM matches WHERE job = ?"

#: The list's words of now; the waiting for details goes on.
LISTED = (
    "INSERT INTO listed (posting, raw, said, text, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT (posting)"
    " DO UPDATE SET raw = excluded.raw, said = excluded.said, text = excluded.text WHERE listed.raw <> excluded.raw"
)

#: A posting said something new, or is there the first time.
FACETS = (
    "INSERT INTO facets"
    " (posting, company, work, employment, industry, category, level, countries, cities, pay, currency) VALUES"
    " (:posting, :company, :work, :employment, :industry, :category, :level, :countries, :cities, :pay, :currency)"
)

#: From rows to rows, without a detour through Python.
DAY_OF_READINGS = (
    "INSERT INTO readings (source, at, listed, new, failed)"
    " SELECT source, max(at), max(listed), sum(new), sum(failed) FROM readings WHERE at < :old"
    " GROUP BY source, substr(at, 1, 10) HAVING count(*) > 1"
    " ON CONFLICT (source, at) DO UPDATE SET listed = excluded.listed, new = excluded.new, failed = excluded.failed"
)
#: What a clock that ran ahead has told is read as well.
READ = (
    "INSERT INTO reads (person, job, at) VALUES (:person, :job,"
    " max(:at, coalesce((SELECT at FROM inbox WHERE job = :job), :at)))"
    " ON CONFLICT (person, job) DO UPDATE SET at = excluded.at WHERE reads.at < excluded.at"
)

# --- the search index: a virtual table, of which the library knows only triggers (DECISIONS.md) ------------------------

#: Portions of postings into the index; FTS5 wants their numbers to ascend.
INDEXED = (
    "INSERT INTO postings_fts (rowid, title, company, text) SELECT id, title, company, text FROM postings"
    " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) ORDER BY id"
)
#: The index has no copy of the text, so what is taken out must be told in the words that went in.
UNINDEXED = (
    "INSERT INTO postings_fts (postings_fts, rowid, title, company, text) SELECT 'delete', id, title, company, text"
    " FROM postings WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) AND title IS NOT NULL ORDER BY id"
)
