"""SQLite or PostgreSQL; the only SQL in the house; one file a table, numbered migrations.

database.py    open the file: checks, pragmas, migrations
lock_file.py   the lock of the one worker, and the sign that a database was there before
identity.py    which database is this: the one that was here before?
owner.py       whose is a file that cannot be used?
waiting.py     wait for another program that holds the file
keeper.py      fold the write-ahead log into the file, and notice when the file is lost
unsettled.py   how messages were answered while that could not be written
library.py     sqlite-utils over our connection
migrations/    the numbered shapes of the store
migrate.py     bring a file to the newest of them, each step with its record
latest.py      the postings that this process wrote last: who looked some up before need not look them all up again
ledger.py      what every table is read and written through, whichever engine is below
engines/       the engines: a file of SQLite, a PostgreSQL server
places.py      where the database is, a file or a server: the little that is done in another way for each
move.py        a whole database from a file to a server, or back
table.py       a table as both engines see it, and what a move asks of either
statements.py  new rows that go in as plain statements, and why
codec.py       values ↔ JSON text
short.py       the short ids of jobs that people type
sources.py     what is known of each source, and which are due
search_index.py  the words of postings, and which have all that a person typed
postings.py    listings, the jobs they speak of, and the keys by which they find each other
lookups.py     how postings are looked up, many keys at once: in words of its own for each engine
posting_rows.py rows of postings and jobs as values; one that was damaged holds up no other
link_key.py    the key by which links of alerts are signed, in a file beside the database
listed.py      what lists said of postings that changed, while the details of that are outstanding
events.py      what happened to a job
searches.py    which searches were run, and what they matched
outbox.py      alerts owed, and the deliveries that carry them
outbox_rows.py rows of the outbox ↔ values; a row that cannot be read comes back as one that says so
floods.py      more alerts than a person wants at once: those that a digest only counts, and those held until the operator answers
channels.py    how each channel is
clock_moves.py after the clock was moved: what was written by the old one is put right
marks.py       what the user said of jobs, companies and searches
applications.py  what was applied for as it read that day, and what was said of it since
facets.py      what can be filtered of a listing, as plain columns beside it
inbox.py       the jobs that searches want, with what can be filtered of them; and what of it a person has read
pages.py       what a page shows of many jobs, each kind of thing in one look-up
undo.py        what a person did at the desk, and the rows as they were before, so that it can be taken back
sessions.py    sign-ins at the desk, one-time links, and passwords; of every secret only a hash
readings.py    what each reading of a source brought; the rows are written by triggers, together with what they speak of
requests.py    wishes of a person to the daemon (read now, pause, test), which it answers in the same row
backup.py      a copy of the database, made while the daemon works, and proved to be whole
restore.py     put a backup in the place of the database, telling nothing again and forgetting nothing owed
retention.py   what has been closed for long loses its text, and later all but the tombstone by which it is known again
forgetting.py  what a person said of a job is really removed
vacuum.py      room that is no longer needed goes back to the disk
export.py      rows into a SQLite file of the user's own
store.py       all of these over one connection, and transactions
"""
