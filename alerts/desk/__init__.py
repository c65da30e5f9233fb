"""The desk: a page of one's own, where a job hunt is seen and steered; no script needed, GET changes nothing.

app.py         the application: every route, and how a request becomes a page
call.py        one request, checked and read: who asks, for what, with which form
guard.py       what a request must be, and what every answer says (pure)
body.py        the body of a request, bounded, as a form
sessions.py    cookies, tokens of forms, one-time links, passwords
tries.py       how often somebody tried of late; who tries too often waits
signing_in.py  the room before the others: sign in, sign out
settings.py    looks, keys, sign-ins, and what can be taken back
facets.py      address ↔ filters, and the counts of each (pure)
filter_words.py  how the values of filters are said, and which pay is asked for (pure)
inbox.py       the room of what searches want
look.py        what an address of the inbox finds
inbox_cards.py rows of the store → cards and lines
windows.py     the newest of the inbox, kept while nothing of it changes
kept.py        what pages made and will make again: kept under a key that says all it was made from
inbox_empty.py why there is nothing to show
inbox_forms.py the inbox as JSON and Atom
job.py         the page of one job
job_parts.py   its facts, its history, its text as blocks
searches.py    the room of searches, and the page of one
search_fields.py  a table of the file ↔ fields of the form (pure)
search_draft.py   a search as it is saved, and as the form or the text would have it
search_preview.py what it would tell: at once from the newest postings, in portions from all
shelves.py     stored postings that are kept ready for previews, and given back after ten idle minutes
trials.py      previews over everything stored: in portions beside the pages, one at a time for a person
search_save.py    saving, resting, removing; the daemon is asked to read it
sources.py     the room of what is read: what it brought, trouble in words, wishes to the daemon
adding.py      a place to watch: the daemon looks, the person says yes, the desk writes it
channels.py    the room of what is sent: what waits, failed and why
deliveries.py  the page of one message, with its tries
wishes.py      what is asked of the daemon, and what is said of that
picture.py     small pictures: values in, shapes of SVG out (pure)
applications.py  the room of applications: board, list, filters, what wants one today
application.py   the page of one application, with what was kept and sent
application_parts.py    its parts, as they are shown
application_acts.py     what is said of it, each so that it can be taken back
application_forget.py   a page that says what would go, and the press
application_figures.py  what came of them, as pictures with tables
letters.py     the letter: edited in place, kept, drafted anew, sent
links.py       links of alerts: a page that says what a press would do, and the press
acts.py        what is done to a job: marks, notes, same and different, undo
pages.py       templates, and what stands on every page
plan_file.py   the configuration as its file says now: read anew when the file was changed
templates/     the pages (Jinja2, all escaped)
static/        the sheet, the script, the icon

A room is one file of handlers (``Call`` in, ``Response`` out): its lines in ``app.ROUTES``, its entry in ``pages.ROOMS``, its
pages in ``templates/`` (``{% extends "base.html" %}``, ``{{ hidden(token) }}`` in every form). It reads from ``call.store``,
writes with ``call.desk.writing()``, says what it did by ``undo.say`` or ``undo.remembered``, and ends with ``call.back(…)``.
"""
