"""Conditions on a posting's values: place, work, pay, age, company …; each answers yes, no or unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alerts.match import likeness, readings, spoken
from alerts.match.tree import any_of
from alerts.model.posting import Basis, Pay, Posting
from alerts.model.search import Answer
from alerts.normalise.rates import Rates

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Context:
    """What a condition may ask beside the posting."""

    now: datetime
    rates: Rates | None = None
    #: When the posting was first seen, for those that do not say when they were posted.
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer, and the value that gave it."""

    answer: Answer
    found: str = ""
    where: str = ""
    basis: Basis | None = None


def check(kind: str, value: Any, posting: Posting, context: Context) -> Finding:
    """What the posting says to one condition."""
    finding = CHECKS[kind](posting, value, context)
    if finding.basis is None and finding.where in posting.evidence:
        return Finding(finding.answer, finding.found, finding.where, posting.evidence[finding.where].basis)
    return finding


def _unsaid(where: str, posting: Posting, what: str) -> Finding:
    return Finding(UNKNOWN, f"{what} not stated" if posting.detailed else f"{what} not known before the details are read", where)


def _place(posting: Posting, value: Any, context: Context) -> Finding:
    """Can one work there? An office inside the area, or a remote job whose scope includes it."""
    remote = "remote" in posting.work or bool(posting.remote_scope)
    allowed = readings.allows(posting, value) if remote else False
    only_remote = remote and set(posting.work) <= {"remote"}
    inside = [(readings.within(place, value), place.raw) for place in posting.places]
    if allowed:
        scope = ", ".join(posting.remote_scope) or "anywhere"
        return Finding(YES, f"remote: {scope}", "remote_scope")
    if only_remote and allowed is False:
        said = f"remote: {', '.join(posting.remote_scope)}"
        said += f", not {', '.join(posting.remote_excluded)}" if posting.remote_excluded else ""
        return Finding(NO, said, "remote_scope")
    for answer, raw in inside:
        if answer:
            return Finding(YES, raw, "places")
    said = "; ".join(raw for _, raw in inside if raw)
    if allowed is None:
        return Finding(UNKNOWN, f"{said + ', ' if said else ''}remote, from where is not stated", "remote_scope")
    if not inside:
        return _unsaid("places", posting, "place")
    return Finding(UNKNOWN if any(answer is None for answer, _ in inside) else NO, said, "places")


def _address(posting: Posting, value: Any, context: Context) -> Finding:
    """Is one of the job's own places inside the area, wherever remote workers may live?"""
    answers = [(readings.within(place, value), place.raw) for place in posting.places]
    for answer, raw in answers:
        if answer:
            return Finding(YES, raw, "places")
    if not answers:
        return _unsaid("places", posting, "place")
    said = "; ".join(raw for _, raw in answers if raw)
    return Finding(UNKNOWN if any(answer is None for answer, _ in answers) else NO, said, "places")


def _one_of(field: str, what: str) -> Callable[[Posting, Any, Context], Finding]:
    """Is one of the posting's values the wanted one?"""

    def answer(posting: Posting, value: Any, context: Context) -> Finding:
        has = posting.levels or posting.level if field == "level" else getattr(posting, field)
        has = (has,) if isinstance(has, str) else has or ()
        if not has:
            return _unsaid(field, posting, what)
        return Finding(YES if value in has else NO, ", ".join(has), field)

    return answer


def _company(posting: Posting, value: Any, context: Context) -> Finding:
    key = posting.company_key or readings.company_key(posting.company)
    if not key:
        # A feed may name the employer in the title only; that says who it is, never who it is not.
        named = value in readings.named_in_title(posting.title)
        return Finding(YES, posting.title, "title") if named else _unsaid("company", posting, "company")
    return Finding(YES if key == value else NO, posting.company or key, "company")


def _pay(posting: Posting, value: Any, context: Context) -> Finding:
    """Does the top of the range reach the least (("min", pay)), or its bottom stay under the most (("max", pay))?"""
    bound, wanted = value
    stated = [pay for pay in (posting.pays or ((posting.pay,) if posting.pay else ())) if pay.kind in ("base", "ote")]
    base = [pay for pay in stated if pay.kind == "base"] or stated
    if not base:
        return _unsaid("pay", posting, "pay")
    answers = [(_reaches(pay, bound, wanted, context), pay) for pay in base]
    best = any_of([answer for (answer, _), _ in answers])
    (_, how), pay = next(item for item in answers if item[0][0] == best)
    return Finding(best, f"{readings.say(pay)}{f' ({how})' if how else ''}", "pay", pay.basis)


def _reaches(pay: Pay, bound: str, wanted: Pay, context: Context) -> tuple[Answer, str]:
    currency = wanted.currency or pay.currency or "USD"
    yearly = readings.annual(pay if pay.currency else _in(pay, currency), currency, context.rates)
    edge = readings.annual(wanted if wanted.currency else _in(wanted, currency), currency, context.rates)
    if yearly is None or edge is None:
        return UNKNOWN, "cannot be compared"
    low, high, how = yearly
    least = next(amount for amount in (edge[0], edge[1], 0.0) if amount is not None)
    if bound == "max":
        return (UNKNOWN if low is None else YES if low <= least + 0.5 else NO), how
    if high is None:
        return (YES if low is not None and low >= least - 0.5 else UNKNOWN), how
    return (YES if high >= least - 0.5 else NO), how


def _in(pay: Pay, currency: str) -> Pay:
    from dataclasses import replace

    return replace(pay, currency=currency)


def _experience(posting: Posting, value: Any, context: Context) -> Finding:
    """The least years asked for, within (low, high)."""
    low, high = value
    years = posting.experience
    if years is None:
        return _unsaid("experience", posting, "experience")
    good = (low is None or years >= low) and (high is None or years <= high)
    return Finding(YES if good else NO, f"{years:g} years", "experience")


def _age(posting: Posting, value: Any, context: Context) -> Finding:
    """Posted (else first seen) no earlier and no later than these times before now."""
    oldest, newest = value
    when = posting.posted or context.seen
    if when is None:
        return _unsaid("posted", posting, "date")
    low = _moment(oldest, context.now)
    high = _moment(newest, context.now)
    good = (low is None or when >= low) and (high is None or when <= high)
    seen = "" if posting.posted else " (first seen)"
    return Finding(YES if good else NO, f"{when:%Y-%m-%d}{seen}", "posted", None if posting.posted else "inferred")


def _moment(edge: object, now: datetime) -> datetime | None:
    if isinstance(edge, timedelta):
        try:
            return now + edge
        except OverflowError:
            return None
    return edge if isinstance(edge, datetime) else None


def _speaks(posting: Posting, value: Any, context: Context) -> Finding:
    """Can it be done by one who speaks these languages (codes)? What it asks for decides, then what it is written in.

    A text in another language is a no, unless it says itself that its language is not needed.
    """
    asked = spoken.asked(posting)
    for choice in asked:
        if not choice.codes & value:
            return Finding(NO, choice.words, "eligibility", "parsed")
    if posting.language in value:
        return Finding(YES, posting.language or "", "language")
    if posting.language is not None and posting.language not in spoken.not_needed(posting):
        # A list entry is short, so what it is written in is a guess until the text is there.
        return Finding(NO if posting.detailed else UNKNOWN, posting.language, "language")
    if asked:
        return Finding(YES, asked[0].words, "eligibility", "parsed")
    return _unsaid("language", posting, "language")


def _says(posting: Posting, topic: str, answer: bool) -> str | None:
    """The first sentence that says so."""
    return next((one.words for one in posting.eligibility if one.topic == topic and one.answer is answer), None)


def _sponsorship(posting: Posting, value: Any, context: Context) -> Finding:
    """Is a visa sponsored? Where a posting says both, the refusal counts; a permit that is asked for leaves it open."""
    refused, offered = _says(posting, "sponsorship", False), _says(posting, "sponsorship", True)
    if refused is None and offered is None:
        refused = _says(posting, "citizenship", True)
    if refused is not None:
        return Finding(NO, refused, "eligibility", "parsed")
    if offered is not None:
        return Finding(YES, offered, "eligibility", "parsed")
    if permit := _says(posting, "work_permit", True):
        return Finding(UNKNOWN, f"sponsorship not stated, but: {permit}", "eligibility", "parsed")
    return _unsaid("eligibility", posting, "sponsorship")


def _clearance(posting: Posting, value: Any, context: Context) -> Finding:
    """Is a security clearance asked for, anywhere? A full text that does not speak of one asks for none."""
    asked, not_asked = _says(posting, "clearance", True), _says(posting, "clearance", False)
    if asked is not None:
        return Finding(YES, asked, "eligibility", "parsed")
    if not_asked is not None:
        return Finding(NO, not_asked, "eligibility", "parsed")
    if posting.detailed and posting.text:
        return Finding(NO, "no clearance mentioned", "eligibility", "inferred")
    return _unsaid("eligibility", posting, "clearance")


def _like(posting: Posting, value: Any, context: Context) -> Finding:
    """Is the posting like the text?"""
    if not posting.detailed and not posting.text:
        return _unsaid("text", posting, "text")
    score, shared = likeness.compare(value, posting)
    answer = YES if score >= likeness.ENOUGH else NO
    return Finding(answer, f"{round(score * 100)} % alike: {', '.join(shared)}" if shared else "nothing in common", "text")


def _stated(posting: Posting, value: Any, context: Context) -> Finding:
    """Does the posting say anything in this field?"""
    if getattr(posting, value):
        return Finding(YES, f"{value} stated", value)
    return Finding(NO if posting.detailed else UNKNOWN, f"{value} not stated", value)


CHECKS: dict[str, Callable[[Posting, Any, Context], Finding]] = {
    "place": _place,
    "address": _address,
    "work": _one_of("work", "work type"),
    "employment": _one_of("employment", "employment type"),
    "level": _one_of("level", "level"),
    "category": _one_of("category", "category"),
    "industry": _one_of("industry", "industry"),
    "company": _company,
    "source": _one_of("source", "source"),
    "salary": _pay,
    "experience": _experience,
    "posted": _age,
    "language": _one_of("language", "language"),
    "speaks": _speaks,
    "sponsorship": _sponsorship,
    "clearance": _clearance,
    "like": _like,
    "stated": _stated,
}

#: What each check looks at: postings that agree in these agree in the answer (the index asks once for all of them).
LOOKS_AT: dict[str, Sequence[str]] = {
    "place": ("places", "work", "remote_scope", "remote_excluded", "detailed"),
    "address": ("places", "detailed"),
    "work": ("work", "detailed"),
    "employment": ("employment", "detailed"),
    "level": ("level", "levels", "detailed"),
    "category": ("category", "detailed"),
    "industry": ("industry", "detailed"),
    "company": ("company_key", "company", "title", "detailed"),
    "source": ("source",),
    "salary": ("pay", "pays", "detailed"),
    "experience": ("experience", "detailed"),
    "posted": ("posted",),
    "language": ("language", "detailed"),
    "speaks": ("language", "eligibility", "detailed"),
    "sponsorship": ("eligibility", "detailed"),
    "clearance": ("eligibility", "detailed"),
    "like": ("title", "text", "language", "detailed"),
    "stated": (
        "pay",
        "places",
        "work",
        "employment",
        "level",
        "category",
        "industry",
        "experience",
        "posted",
        "language",
        "company",
        "text",
        "tags",
        "detailed",
    ),
}
