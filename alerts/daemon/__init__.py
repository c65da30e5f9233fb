"""Both halves kept running: scheduler, signals, systemd.

daemon.py           Both halves kept running: what is due is asked for every second, signals are obeyed, systemd is told
bootstrap.py        From a configuration to the means of work: lock, store, HTTP client, reading child, compiled searches
report_lines.py     What the halves of the story did, in one line each: for the log and for the terminal
rates.py            Fresh exchange rates from the European Central Bank, once a day, for ``settings.rates = "ecb"``
retention.py        Once a day what has been closed for longer than ``settings.keep`` loses its text, and later more
like_addresses.py   ``like = ["https://…"]``: an address becomes the text of the job there, read once and kept
sd_notify.py        Tell systemd how the service is (``sd_notify``); nothing happens where there is no systemd
findings.py         What is good and what is not, each with its advice: what ``job-alerts doctor`` prints
doctor_machine.py   Looks at the machine: permissions, disk, open files, and whether the database is whole
doctor_reach.py     Looks outward: hosts, their certificates and clocks, each channel, and how each source was last
service_unit.py     The words of a service for this machine: a systemd unit, a launchd property list, or a line for cron
service_plan.py     From a configuration and this machine to the service that fits, and what would stop it
service_manager.py  Where this machine keeps its services, and what its own manager is told
"""
