"""Second half of the story: events → alerts owed → messages on channels; and the operator notified of trouble.

context.py        What this folder is handed: the store, the configuration, its searches compiled, and the HTTP client
enqueue.py        From an event and its matches to alerts owed: to which channels, when, and never twice
deliver.py        Second half of the story: outbox → channel
batch.py          Alerts that are due → deliveries, each one message
brake.py          The brake on floods, one rule for all messages. Pure
hold.py           Far too many alerts at once: they are held, and the operator is asked
ask_again.py      Asked again when a message is made: does the user still want what is owed?
compose.py        A delivery and its alerts → the message
send.py           One message through one channel; a fault in the channel's own code is an answer like another
settle.py         What follows from an attempt: sent, tried later or given up; its channel goes on or pauses
settlement.py     How a message was answered is written before anything else of its channel happens, however long that takes
retry.py          When a message that did not arrive is tried again, and when it is given up. Pure
awake.py          How long this machine was awake, so that a night asleep costs no message its tries
cut.py            What is left unread of a source because it has too much is kept, so that the operator is told
act_links.py      Links with which an alert is answered from a phone, signed for one job and one act
alert_view.py     Rows of the store → the alert that a message shows: the job with all its places, the employer's own first
letter_files.py   The user's letter template and facts, read from their files
health.py         Notifies the operator when a source or channel starts failing, and when it recovers
overdue.py        What was due and was not done: the proof that ``status`` and ``/readyz`` ask for
digest.py         The weekly summary: what was watched, found, told and hidden, and what is in trouble
remind.py         Owes what is to be said of applications to a channel, each word once
reminders.py      What of applications wants a word now: appointments, silence, last days. Pure
means.py          What both halves of the story work with, handed to them as one value
"""
