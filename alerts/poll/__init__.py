"""First half of the story: one source → the outbox.

poll.py       First half of the story: one source → the outbox
crawl.py      All pages of one source → one listing: what to ask, when to stop, and what vouches for "nothing changed"
record.py     The one transaction of a poll: postings, jobs and events are kept, and alerts owed, all or nothing
closing.py    Which stored postings a listing still shows: what is missing for long is closed, what comes back opens
interval.py   When a source is read next: its interval, its terms, its habit, and patience after failures
backfill.py   A new or edited search is run over the open jobs that are stored; only ``backfill`` makes it tell what is old
"""
