"""The main job shown whole, with boards, an SMTP server, a Slack hook and a webhook receiver of its own.

site.py        a small web server whose pages are made at each request
world.py       invented employers and jobs, in the forms of several boards
receivers.py   an inbox, a Slack hook and a webhook receiver that keep what arrives
scenario.py    what happens when, and which alerts are due
show.py        what arrived, as a table and as pages to open
slack_page.py  a Slack message as a page to look at
"""
