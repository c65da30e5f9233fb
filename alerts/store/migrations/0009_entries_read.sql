-- The entries of a feed by the hash of their bytes, as JSON: key → [id of the posting, hash of what it said]; see poll/seen.py.
ALTER TABLE validators ADD COLUMN entries TEXT;
