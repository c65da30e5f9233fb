-- What was closed before a moment and has not yet lost its text, or more, is found without reading a row (retention.py).
CREATE INDEX postings_closed ON postings(closed, raw) WHERE closed IS NOT NULL;
