-- Title and company as columns, and an index of the words of postings: for people, and for the tools that they use.
-- A posting whose title is NULL was stored before there was an index and is not in it yet; alerts/store/search_index.py
-- brings such in, some at a time. No trigger does that: SQLite 3.40 refuses those under trusted_schema = OFF.
ALTER TABLE postings ADD COLUMN title TEXT;
ALTER TABLE postings ADD COLUMN company TEXT;
CREATE INDEX postings_not_indexed ON postings(id) WHERE title IS NULL;

-- It keeps no copy of the text (content) and no positions (detail), which would make the file half as large again.
CREATE VIRTUAL TABLE postings_fts USING fts5(
    title, company, text, content="postings", content_rowid="id", detail=none, tokenize="porter unicode61 remove_diacritics 2"
);
