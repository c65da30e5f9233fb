"""How postings are looked up, many keys at once: in words of its own for each engine (engines/postgres/twins.py)."""

from __future__ import annotations

#: What is read of a posting that was listed before, and of one whole.
LISTED = "p.id, p.source_id, p.job, p.raw, p.missed, p.first_missed, p.closed, p.pending, p.tries"
WHOLE = "SELECT p.*, j.quiet FROM postings p JOIN jobs j ON j.id = p.job"
#: Those of a source by their ids: all, those that were gone, and what each said.
KNOWN = f"SELECT {LISTED} FROM json_each(?) AS asked CROSS JOIN postings p ON p.source = ? AND p.source_id = asked.value"
GONE = f"{KNOWN} WHERE p.missed > 0 OR p.closed IS NOT NULL"
CONTENTS = (
    "SELECT p.source_id, p.raw FROM json_each(?) AS asked CROSS JOIN postings p"
    " ON p.source = ? AND p.source_id = asked.value WHERE p.pending IS NULL"
)
OPEN_BY_KEY = (
    f"SELECT asked.value AS key, {LISTED} FROM json_each(?) AS asked CROSS JOIN blocks b ON b.key = asked.value"
    " JOIN postings p ON p.id = b.posting AND p.source = ? AND p.closed IS NULL ORDER BY p.id"
)
CANDIDATES = (
    "SELECT asked.value AS key, p.job, p.fingerprint FROM json_each(?) AS asked CROSS JOIN postings p ON p.id IN"
    " (SELECT posting FROM blocks WHERE key = asked.value ORDER BY posting DESC LIMIT ?)"
)
FIND = (
    f"{WHOLE} WHERE p.source_id = :words OR p.id IN"
    " (SELECT posting FROM blocks WHERE key IN (SELECT value FROM json_each(:keys))) ORDER BY p.id DESC LIMIT 50"
)
