"""SQLite; the only SQL in the house; one file a table, numbered migrations.

database.py    open the file: checks, pragmas, migrations, the lock of the one writer
migrations/    the numbered shapes of the store
ledger.py      one connection, one lock, and transactions: what every table is written through
codec.py       values ↔ JSON text
short.py       the short ids of jobs that people type
sources.py     what is known of each source, and which are due
postings.py    listings, the jobs they speak of, and the keys by which they find each other
events.py      what happened to a job
searches.py    which searches were run, and what they matched
outbox.py      alerts owed, and the deliveries that carry them
channels.py    how each channel is
marks.py       what the user said of jobs, companies and searches
backup.py      a copy of the database, made while the daemon works, and proved to be whole
restore.py     put a backup in the place of the database, telling nothing again and forgetting nothing owed
retention.py   what has been closed for long loses its text, and later all but the tombstone by which it is known again
export.py      rows into a SQLite file of the user's own
store.py       all of these over one connection, and transactions
"""
