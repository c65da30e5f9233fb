"""Finds the source behind an address: a board, a feed, a sitemap, a page; and looks whether it answers.

candidate.py    what a source may be, why it is thought so, and how much that is worth
signs.py        words and hosts in a page that give a system away (``signs.toml``)
clues.py        a page → the boards, feeds and postings that it points to                  (pure)
trail.py        an address → candidates: short links, files, pages, the careers page behind a home page
verify.py       a candidate → what it answers: openings, employer, what today's searches would take
title_form.py   how a feed builds its titles, where nine of ten say it and nothing speaks against it          (pure)
detect_kind.py  which kind of source a saved page looks like: the one that reads the most postings from it
choose.py       of several candidates the one to add
opml.py         a feed reader's subscriptions
lists.py        lists of other programs: rss2email, urlwatch, a call of JobSpy                               (pure)
"""
