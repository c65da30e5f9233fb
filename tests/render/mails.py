"""Mails with 1, 5, 40 and 300 invented jobs, as a reader would have them: for the pictures and for what the mails are held to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice, product

from alerts.channels import email as channel
from alerts.model.alert import Alert
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.render import email, samples
from alerts.render.batch import Batch

_TITLES = (
    "Engineering Manager",
    "Data Engineer",
    "Nurse, night shift",
    "Ingénieure logicielle confirmée",
    "Werkstudent Softwareentwicklung (m/w/d)",
)
_EMPLOYERS = (
    "Northwind",
    "Fjord Robotics",
    "Harbour Hospital",
    "Studio Lumière",
    "Tidal Labs",
    "Kestrel & Sons",
    "Juniper Health",
)
_PLACES = (samples.TORONTO, samples.BERLIN, samples.LISBON, Place("Lyon", "Lyon", None, "FR"))
_PAYS = (Pay(95_000, 120_000, "EUR", "year"), None, Pay(45, 45, "CAD", "hour"), Pay(3_200, None, "EUR", "month"))


def job(number: int, title: str, company: str) -> Alert:
    """One of many: plain, with a reason."""
    now = samples.NOW
    shown = Posting(
        f"{company} careers",
        str(number),
        f"https://careers.example/{number}",
        title,
        company=company,
        places=(_PLACES[number % len(_PLACES)],),
        work=(("hybrid",), ("remote",), ("onsite",))[number % 3],
        pay=_PAYS[number % len(_PAYS)],
        posted=now - timedelta(hours=number % 160),
    )
    reasons = (Reason("title", title.lower(), Answer.YES, title, "title", (0, len(title))),)
    letters = "abcdefghjkmnpqrstvwxyz23456789"
    short = "".join(letters[number // 30**place % 30] for place in range(3, -1, -1))
    return replace(samples.platform_manager(now), id=f"a-{number}", job=short, posting=shown, postings=(shown,), reasons=reasons)


def mails() -> dict[str, Batch]:
    """How many jobs → the mail (of 300, the first one)."""
    several = samples.several()
    many = [job(n, *words) for n, words in enumerate(islice(product(_TITLES * 9, _EMPLOYERS), 300), 100)]
    five = (*several, job(99, "Platform Engineer", "Kestrel & Sons"))
    mixed = (*several, *many[:36])
    first, *rest = email.parts(tuple(many), channel.LIMITS)
    of = 1 + len(rest)
    return {
        "1": samples.batch(samples.platform_manager(), total=1),
        "5": samples.batch(*five, total=5, heading="Morning digest"),
        "40": samples.batch(*mixed, total=40, heading="Morning digest"),
        "300": replace(samples.batch(*first, total=300, heading="Morning digest"), part=1, parts=of),
    }
