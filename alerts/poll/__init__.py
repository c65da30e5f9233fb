"""First half of the story: one source → the outbox.

poll.py       First half of the story: one source → the outbox
crawl.py      All pages of one source → one listing: what to ask, when to stop, and what vouches for "nothing changed"
entry.py      One entry of a listing on its way through a poll, and which entries of a listing need a look at all
fallen.py     Entries that fell out of a listing while their details were outstanding
seen.py       Entries of a feed whose bytes were read before: under which key, as which posting, and what that said
details.py    Entries of a listing → whole postings: details are asked for where a search could still want them, so many a poll
reissue.py    Ids that change: a posting that takes the place of one with the same title, place and text is that posting
record.py     What a poll found is stored: postings, jobs and events, and the alerts owed, in portions of one transaction each
portions.py   Long work in portions, each one transaction: while one is open nobody else writes, so it ends after a while
join.py       Which stored job a posting belongs to: looked up by shared keys, judged one by one, a bounded number of times
announce.py   What a poll found → alerts owed: as new, as a change, as another event; to the searches that want and ask for it
closing.py    Which stored postings a listing still shows: what is missing for long is closed, what comes back opens
summary.py    What happened in one poll, posting by posting and in numbers
interval.py   When a source is read next: its interval, its terms, its habit, and patience after failures
failure.py    A poll that failed: whose fault it is, the source's or this machine's network's, and when the source is asked again
backfill.py   A new or edited search is run over the open jobs that are stored; only ``backfill`` makes it tell what is old
"""
