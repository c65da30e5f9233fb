"""PostgreSQL below the ledger. Nothing here is imported before a configuration names a server.

connections.py  connections to a server: opened with clear words, kept for the next, given up when they broke
errors.py       what psycopg says, as errors of ours
dialect.py      statements and tables as SQLite reads them, translated
twins.py        the few statements that are written a second time, and why
functions.sql   what statements call that PostgreSQL has under no or another name
migrations/     the numbered shapes that are written a second time; all others are translated
migrate.py      bring a database to the newest shape
ledger.py       rows and transactions
lock.py         the lock of the one worker
keeper.py       notice when the lock was lost
move.py         a database on a server as one side of a move
library.py      psycopg, or the line that installs it
"""
