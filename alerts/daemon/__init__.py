"""Both halves kept running: scheduler, signals, systemd.

daemon.py           Both halves kept running: jobs at their time, signals obeyed, systemd told what is true
signals.py          What a signal asks of the daemon
wake.py             Wakes the main thread from anywhere, a signal handler among them
bootstrap.py        From a configuration to the means of work: lock, store, HTTP client, reading child, compiled searches
services.py         What the jobs of the daemon work with, handed to them as one value
scheduler.py        APScheduler as this daemon uses it: one-shot jobs with ids, executors with limits, and word of every end
garbage.py          Searches by the thousand are no garbage: the collector passes over what stays: it would take long
clock.py            The time of day, how long it is until a moment, and whether somebody moved the clock
polls.py            The jobs ``poll:KEY``: each source is read at its time, within the limits of its lane
lanes.py            Which polls may run side by side: few of one host, and slow hosts do not hold up the quick ones
sends.py            The jobs ``send:NAME``: each channel delivers what is due there, and one that hangs holds up no other
chores.py           The small jobs: what is due, wishes of the desk, health, rates, likes, the digest, the database
progress.py         Proof that what was due was done: the watchdog is fed by work that ended, not by a process that lives
faults.py           A fault of one job costs that job only: it is logged, counted, and told to the operator once until it is over
open_files.py       Room for the files and lines that are open at once: asked for at the start, so that nothing fails later
heartbeat.py        An address is told, again and again, that all is well; who hears nothing knows that something is wrong
watched.py          What the listener is told of this daemon: whether it is ready, from the same proof that feeds the watchdog
side_by_side.py     One round of reading under the limits of the daemon: for ``poll``, whose daemon is cron
log_queue.py        A log that nobody reads holds up nobody: its lines wait in a queue, and are dropped when that is full
report_lines.py     What the halves of the story did, in one line each: for the log and for the terminal
rates.py            Fresh exchange rates from the European Central Bank, once a day, for ``settings.rates = "ecb"``
retention.py        Once a day what has been closed for longer than ``settings.keep`` loses its text, and later more
desk_reach.py       Is the desk reached where alerts would link to? Nobody shall press a dead link
adding.py           Adding a source: a place is followed, looked at and written; for ``add`` and for wishes of the desk
adding_outcome.py   What became of one place that was to be added
wishes.py           What a person wished for at the desk is done here, and answered in the same row
application_wishes.py  What a person wished for an application: what its form asks, a draft by a program of theirs
like_addresses.py   ``like = ["https://…"]``: an address becomes the text of the job there, read once and kept
like_job.py         The job ``likes``: addresses that searches name are read while all else goes on, and again where that failed
like_pages.py       The pages that ``like`` names, read: what its page shows, else what the board that the job stands on says
sd_notify.py        Tell systemd how the service is (``sd_notify``); nothing happens where there is no systemd
findings.py         What is good and what is not, each with its advice: what ``job-alerts doctor`` prints
doctor_machine.py   Looks at the machine: permissions, disk, open files, and whether the database is whole
doctor_reach.py     Looks outward: hosts, their certificates and clocks, each channel, and how each source was last
service_unit.py     The words of a service for this machine: a systemd unit, a launchd property list, or a line for cron
service_sight.py    What a person's service must see of a home that its unit hides, and whether this machine can hide anything
service_plan.py     From a configuration and this machine to the service that fits, and what would stop it
service_manager.py  Where this machine keeps its services, and what its own manager is told
"""
