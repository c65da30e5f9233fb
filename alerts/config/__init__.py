"""TOML in; sources, searches and channels out; every mistake at once, each with its place.

find.py       where the file is found, and where the database belongs
document.py   one TOML file: its values, and the line of every key
secrets.py    ``{ env = }``, ``{ file = }`` and ``{ credential = }`` → the secret itself
problems.py   the mistakes found, each as one line with its place
proxying.py  which proxies are used: the file goes before the environment
listening.py  where the listener may be
schema.py     the tables and keys, as pydantic models
table.py      one table of the file → its model, its mistakes collected
http_tables.py  ``[http]``, ``[desk]`` and ``[heartbeat]``: how the daemon is seen from outside
application_tables.py  ``[letter]`` and ``[applications]``: a program that drafts letters, and how one is reminded
build.py      a checked table → the value that the rest of the house uses
load.py       files → Plan
first.py      a first configuration from a few answers
zones.py      the time zone of this machine
edit.py       change the file, keeping comments and layout: checked as a whole, replaced in one step
edit_search.py  the searches as they stand in their files: found, changed, added, removed
"""
