"""A posting that is hostile in every field, in a real store."""

from __future__ import annotations

from dataclasses import replace

from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import Change, EventKind
from alerts.model.posting import Eligibility, Evidence, Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.store.short import short

BAD = (
    "\"'><script>alert(1)</script><svg onload=alert(2)><style>*{}</style>\u202e{{ 7*7 }}"
    "</textarea></title><img src=//evil.example/x>"
)
TEXT = f"{BAD}\n\n- {BAD}\n- x\n\n<iframe src=javascript:alert(3)></iframe>\n\n" + "A" * 3000
HOSTILE = Posting(
    source="src:bad",
    source_id=BAD,
    url="javascript:alert(4)",
    apply_url="data:text/html,<script>alert(5)</script>",
    title=BAD,
    company=BAD,
    company_key=BAD,
    places=(Place(BAD, city=BAD, region=BAD, country="X<"),),
    work=("remote", BAD),
    remote_scope=(BAD,),
    employment=(BAD,),
    level=BAD,
    category=BAD,
    industry=BAD,
    pay=Pay(1e308, float(10**30), "<b>", BAD, words=BAD, scope=BAD),
    text=TEXT,
    language='en" onmouseover="alert(6)',
    eligibility=(Eligibility("sponsorship", False, BAD, BAD), Eligibility(BAD, True, BAD, BAD)),
    tags=(BAD,),
    evidence={name: Evidence("parsed", BAD) for name in ("pay", "work", "places", "level", "employment", "industry")},
)


def plant(house) -> str:
    """Put it into the house: wanted by a search, changed, noted, its source in trouble; its short id."""
    now = house.now
    with house.store() as store, store.transaction():
        store.ledger.insert("sources", {"key": "src:bad", "name": BAD, "kind": "rss", "due": "2026-01-01T00:00:00.000000Z"})
        store.ledger.write("UPDATE sources SET failures = 3, error = ? WHERE key = 'src:bad'", (BAD,))
        job = store.postings.new_job(now, baseline=False)
        for number in range(2):
            one = replace(HOSTILE, source_id=f"{BAD}{number}")
            store.postings.add(one, fingerprint(one), [], "raw", now, job=job)
        reason = Reason(BAD, BAD, Answer.YES, BAD, BAD)
        store.searches.keep_match("Java in Berlin", job, now, [reason], 1.0)
        store.events.add(job, EventKind.CHANGED, now, None, [Change(BAD, BAD, BAD)])
        store.marks.add("note", "job", str(job), now, note=BAD)
    return short(job)
