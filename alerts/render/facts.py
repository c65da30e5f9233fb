"""Everything that was found in one posting, as pairs of a label and words: for a person who looks at it in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alerts.model.posting import Eligibility, Posting
from alerts.render import wording
from alerts.render.clean import line
from alerts.render.tongue import locale

#: What an answer about an applicant is called: (offered or asked for, refused or not asked for).
_ASKED = {
    "sponsorship": ("visa sponsorship", "no visa sponsorship"),
    "work_permit": ("a work permit is needed", "no work permit is needed"),
    "clearance": ("a clearance is needed", "no clearance is needed"),
    "citizenship": ("citizenship is needed", "no citizenship is needed"),
    "degree": ("a degree is asked for", "no degree is needed"),
    "language": ("a language is asked for", "the language is not asked for"),
}
_EXCERPT = 300


def facts(posting: Posting, now: datetime, zone: str) -> list[tuple[str, str]]:
    """Label and words of each thing that the posting says, the most telling first; what it does not say is not there."""
    return [(label, words) for label, words in _facts(posting, now, zone) if words]


def _facts(posting: Posting, now: datetime, zone: str) -> Iterator[tuple[str, str]]:
    yield "where", wording.where(posting)
    yield "not from", ", ".join(wording.area(code) for code in posting.remote_excluded)
    yield "pay", wording.pay(posting.pay) if posting.pay else ""
    yield "also pays", "; ".join(wording.pay(one) for one in posting.pays if one != posting.pay)
    yield "employment", ", ".join(posting.employment)
    yield "level", ", ".join(posting.levels or ((posting.level,) if posting.level else ()))
    yield "experience", f"{posting.experience:g} years at least" if posting.experience is not None else ""
    yield "category", line(posting.category)
    yield "industry", line(posting.industry)
    yield "asks", "; ".join(dict.fromkeys(_asked(one) for one in posting.eligibility))
    yield "posted", wording.day(posting.posted, now, zone) if posting.posted else ""
    yield "updated", wording.day(posting.updated, now, zone) if posting.updated else ""
    yield "apply until", wording.last_day(posting.expires, now) if posting.expires else ""
    yield "language", locale().languages.get(posting.language or "", posting.language or "")
    yield "tags", ", ".join(line(tag, 60) for tag in posting.tags)
    yield "requisition", line(posting.requisition)
    yield "text", _excerpt(posting)
    yield "address", posting.url
    yield "apply at", posting.apply_url if posting.apply_url and posting.apply_url != posting.url else ""


def _asked(one: Eligibility) -> str:
    """ "visa sponsorship", "a language is asked for: German"."""
    said = _ASKED.get(one.topic, (one.topic, f"no {one.topic}"))[not one.answer]
    value = locale().languages.get(one.value or "", one.value or "") if one.topic == "language" else one.value or ""
    return f"{said}: {line(value, 60)}" if value else said


def _excerpt(posting: Posting) -> str:
    """How much text there is, and how it begins."""
    if not posting.text:
        return "" if posting.detailed else "not read yet"
    words = len(posting.text.split())
    begins = " ".join(posting.text[: 2 * _EXCERPT].split())
    cut = begins if len(begins) <= _EXCERPT else begins[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    return f"{words:,} word{'' if words == 1 else 's'}: {cut}"
