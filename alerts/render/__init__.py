"""Alerts → message: subject, text, HTML, blocks, JSON (pure).

batch.py         what one message is made of: the alerts, and all that the reader's eyes need to know
clean.py         foreign words made harmless to show: no controls, no invisible or turning marks, links to the web only
values.py        the values of a change in words: kept as ``dedupe/changes.py`` writes them, said in the language spoken
wording.py       how codes are said to a person: places, remote scope, pay, levels, times
why.py           why me: the conditions that hold, and those the posting does not answer, each in a few words
tongue.py        the language that messages are said in: words from ``locale/``, dates and numbers from CLDR
excerpt.py       where in the text it matched: the words around what was found there
cards.py         one alert as the words that every form of message shows; the context that templates see
split.py         alerts over as many messages as they need: in order, none left out
subject.py       the one line that must be enough: what, where, how much; or how many of which search
context.py       what a template may speak of: the batch and its cards, grouped by search, as plain words
templating.py    the built-in templates and the user's own, in a sandbox; a failing one gives way to the built-in, with a notice
text.py          alerts as plain text: the console, ntfy, Discord, everything that Apprise reaches, and the plain part of a mail
email.py         alerts as a mail: subject, plain text, HTML that reads well on a phone and in the dark, letters attached
slack.py         alerts as Slack blocks: escaped before anything is cut, nothing that could call a channel, one fallback text
payload.py       the webhook's JSON as a documented, versioned model; docs/webhook.md is generated from it
webhook.py       alerts as JSON: the webhook's payload, also what ``command``, ``file`` and ``feed`` are given
posting_json.py  a posting as the JSON object that ``read --json`` and ``export`` print; its names are a promise to programs
facts.py         everything that was found in one posting, as pairs of a label and words
letter.py        a draft of an application: the user's template filled with facts, nothing invented
letter_request.py  what a program that drafts letters is given: the job, one's own facts, and a warning about strangers' words
reminders.py     what is said of applications: appointments, silence, last days, what happened to a job
calendar.py      appointments as iCalendar
spreadsheet.py   rows as CSV; no text is taken for a formula
samples.py       invented jobs: what ``test CHANNEL`` sends, and the pictures of messages show
"""
