"""The main job shown whole, with boards, an SMTP server and a webhook receiver of its own.

site.py        a small web server whose pages are made at each request
world.py       invented employers and jobs, in the forms of several boards
receivers.py   an inbox and a webhook receiver that keep what arrives
scenario.py    what happens when, and which alerts are due
show.py        what arrived, as a table and as a page to open
"""
