"""The values that flow, from a source's page to a message: frozen, slotted, and ignorant of everything else.

    Request → Page → RawPosting → Posting → Fingerprint → Verdict → Match → Alert → Message → Outcome

Times are aware datetimes in UTC. Unknown is ``None`` or an empty tuple, never a guess.

page.py       What is asked of a source, and what one request brought back
raw.py        What a source said of a listing, as it said it, and what a kind of source says of itself
posting.py    One listing at one source, made comparable: places, pay, work type and the evidence for each
identity.py   What identity is judged by, and the verdict whether two postings are one job
event.py      Why there is something to tell: what happened to a job, and which fields changed
pending.py    What is outstanding while the details of a posting have not been read
search.py     A saved search as the user wrote it, and what it says of a posting, with the reasons
alert.py      One match and event owed to one channel, with all that a message may want to say
message.py    One message, ready for one attempt on one channel, and how the attempt ended
application.py  An application: what was kept of the posting, and what happened, in the order in which it was so
form.py       What the form of an application asks, as far as its board publishes it
plan.py       What the configuration asks for, as values: settings, sources, searches and channels, checked and ready to use
server.py     Where the database is: a file, or a server whose password is never shown
schedule.py   When a message may go out: schedules and quiet hours, in the user's time zone
spoken.py     How long ago, as a person says it
options.py    What the options of every kind share: strict pydantic models, secrets that never show
trace.py      The id of the poll or delivery under way, for the log and for what is stored
errors.py     What can go wrong, drawn as a tree; every message says what the operator can do
"""
