"""The desk: a page of one's own, where a job hunt is seen and steered; server-rendered, no script needed, GET changes nothing.

app.py         the application: every route, and how a request becomes a page
call.py        one request, checked and read: who asks, for what, with which form
guard.py       what a request must be, and what every answer says (pure)
body.py        the body of a request, bounded, as a form
sessions.py    cookies, tokens of forms, one-time links, passwords
signing_in.py  the room before the others: sign in, sign out
settings.py    looks, keys, sign-ins, and what can be taken back
facets.py      address ↔ filters, and the counts of each (pure)
filter_words.py  how the values of filters are said, and which pay is asked for (pure)
inbox.py       the room of what searches want
inbox_cards.py rows of the store → cards and lines
inbox_empty.py why there is nothing to show
inbox_forms.py the inbox as JSON and Atom
job.py         the page of one job
job_parts.py   its facts, its history, its text as blocks
acts.py        what is done to a job: marks, notes, letters, same and different, undo
pages.py       templates, and what stands on every page
serve.py       a listener of its own on loopback or a Unix socket
templates/     the pages (Jinja2, all escaped)
static/        the sheet, the script, the icon
"""
