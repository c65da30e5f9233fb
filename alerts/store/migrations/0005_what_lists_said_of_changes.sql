-- What a list said of a posting that changed, while the details of that are outstanding: the list may never say it again.
CREATE TABLE listed (
    posting INTEGER PRIMARY KEY REFERENCES postings(id) ON DELETE CASCADE,
    raw     TEXT NOT NULL,            -- hash of what the list said
    said    TEXT NOT NULL,            -- JSON of model.Posting without its text
    text    TEXT NOT NULL DEFAULT '',
    since   TEXT NOT NULL
);
