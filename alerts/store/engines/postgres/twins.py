"""The statements that are written a second time: what many keys are looked up by, and the index of words.

A key may be longer than PostgreSQL indexes (2,704 bytes), so long texts are found by their hash and then compared.
"""

from __future__ import annotations

from alerts.store import inbox, lookups, search_index, statements

_ASKED = "json_each(?) AS asked"
_LISTED = f"FROM {_ASKED} JOIN postings p ON md5(p.source_id) = md5(asked.value) AND p.source = ? AND p.source_id = asked.value"

#: As the tables say it → as PostgreSQL is asked.
TWINS = {
    lookups.KNOWN: f"SELECT {lookups.LISTED} {_LISTED}",
    lookups.GONE: f"SELECT {lookups.LISTED} {_LISTED} WHERE p.missed > 0 OR p.closed IS NOT NULL",
    lookups.CONTENTS: f"SELECT p.source_id, p.raw {_LISTED} WHERE p.pending IS NULL",
    lookups.OPEN_BY_KEY: (
        f"SELECT asked.value AS key, {lookups.LISTED} FROM {_ASKED} JOIN blocks b ON md5(b.key) = md5(asked.value)"
        " AND b.key = asked.value JOIN postings p ON p.id = b.posting AND p.source = ? AND p.closed IS NULL ORDER BY p.id"
    ),
    # SQLite finds the newest of each key by a list inside of the join; here each key is asked for by itself.
    lookups.CANDIDATES: (
        f"SELECT asked.value AS key, p.job, p.fingerprint FROM {_ASKED} CROSS JOIN LATERAL (SELECT posting FROM blocks"
        " WHERE md5(key) = md5(asked.value) AND key = asked.value ORDER BY posting DESC LIMIT ?) newest"
        " JOIN postings p ON p.id = newest.posting"
    ),
    lookups.FIND: (
        "SELECT p.*, j.quiet FROM postings p JOIN jobs j ON j.id = p.job WHERE p.id IN"
        " (SELECT id FROM postings WHERE md5(source_id) = md5(:words) AND source_id = :words UNION SELECT b.posting"
        " FROM json_each(:keys) AS asked JOIN blocks b ON md5(b.key) = md5(asked.value) AND b.key = asked.value)"
        " ORDER BY p.id DESC LIMIT 50"
    ),
    # SQLite would work the view out of all postings first; the server asks it for these jobs.
    inbox.OF: (
        "SELECT j.id, coalesce(i.at, j.first_seen), coalesce(i.score, 0), (r.at >= coalesce(i.at, j.first_seen))::int,"
        " coalesce(i.quiet, 1), i.searches, f.sources, f.companies, f.work, f.employment, f.industry, f.category, f.level,"
        " f.countries, f.cities, f.pay, f.currency FROM json_each(:jobs) AS asked"
        " JOIN jobs j ON j.id = CAST(asked.value AS INTEGER) JOIN job_facets f ON f.job = j.id LEFT JOIN inbox i ON i.job = j.id"
        " LEFT JOIN reads r ON r.person = :person AND r.job = j.id ORDER BY asked.key"
    ),
    statements.INDEXED: (
        "INSERT INTO postings_fts (posting, words) SELECT id, words_of(title, company, text) FROM postings"
        " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
        " ON CONFLICT (posting) DO UPDATE SET words = excluded.words"
    ),
    statements.UNINDEXED: ("DELETE FROM postings_fts WHERE posting IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"),
    search_index.FOUND: (
        "SELECT p.id, p.job FROM postings_fts f JOIN postings p ON p.id = f.posting"
        " WHERE f.words @@ words_asked(?) AND f.posting < ? ORDER BY f.posting DESC LIMIT ?"
    ),
}
