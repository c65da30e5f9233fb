"""SQLite; the only SQL in the house; one file a table, numbered migrations."""
