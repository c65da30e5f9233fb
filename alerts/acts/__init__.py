"""What a person says and asks of jobs, by command or at the desk: one way of doing each, over the store.

jobs.py        find the job that is named: by short id, address, or a source's own id
marks.py       say something of a job, a company or a search, and take it back
identity.py    two jobs are one, or two listings are not
like.py        more like this job
like_texts.py  the texts at the addresses that a search shall be like, as far as they are known
explain.py     what each search says of a job, and what became of it
history.py     what happened to a job, and what it is known by
letter.py      the draft of an application
deliveries.py  messages that wait or were given up: try again, tell, drop
sample.py      a sample message through a channel, which then goes on
troubles.py    which sources and channels need a look, in words that say what to do (advice.toml)
letter.py      the draft of an application: by template or by a program, and kept
forms.py       what the form of a job asks, read from its board and kept
answers.py     one's own answers to what forms ask
prepare.py     all that is needed to apply, and what is missing
program.py     run a program of the user's own: JSON in, text out, under limits
applications.py            an application begins, changes, and is taken back
job_marks.py               a job is marked as saved or applied for: mark and application together
application_marks.py       the marks "saved" and "applied" say the same as the application
application_catch_up.py    marks that others made become applications
application_record.py      an application as the object that commands print and export holds
application_stats.py       what came of applications, as figures
forget.py      forget what was said of jobs, really
days.py        a day or an hour as a person writes it
"""
