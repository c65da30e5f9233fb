"""Second half of the story: events → alerts owed → messages on channels; and the operator told of trouble.

means.py          What both halves of the story work with, handed to them as one value
enqueue_event.py  An event of a job → alerts owed, to the searches that asked for its kind
enqueue.py        From an event and its matches to alerts owed: to which channels, when, and never twice
deliver.py        Second half of the story: outbox → channel
settlement.py     How a message was answered is written before anything else of its channel happens, however long that takes
retry.py          When a message that did not arrive is tried again, and when it is given up. Pure
alert_view.py     Rows of the store → the alert that a message shows: the job with all its places, the employer's own first
letter_files.py   The user's letter template and facts, read from their files
health.py         Trouble that lasts becomes one word to the operator, and its end another
digest.py         The weekly word: what was watched, found, told and hidden, and what is in trouble; a sign of life
"""
