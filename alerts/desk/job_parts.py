"""The parts of a job's page: its facts with the words they were read from, its text as blocks, its history; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.model.posting import Evidence, Posting
from alerts.render import wording
from alerts.render.clean import block, line

#: Lines of a text that are shown.
_LINES = 3000
_BULLET = re.compile(r"\s*(?:[-*•·‣▪●–]|\d{1,2}[.)])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of the job, and by what words."""

    name: str
    #: "" where nothing is said.
    value: str
    why: str = ""
    pay: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a list of the text."""

    #: p | h | ul
    kind: str
    lines: tuple[str, ...]


def facts(posting: Posting, home: str | None, now: datetime, zone: str) -> list[Fact]:
    """Everything that can be said, in the order of the mail; what is not said reads so."""
    level = wording.word("level", posting.level or "")
    years = f"{posting.experience:g} years or more" if posting.experience else ""
    kinds = " · ".join(part for part in (posting.industry, posting.category) if part)
    return [
        _fact(posting, "Pay", wording.pay(posting.pay, home) if posting.pay else "", "pay", pay=True),
        _fact(posting, "Work", wording.where(_without_places(posting)), "work", "remote_scope"),
        _fact(posting, "Place", "; ".join(wording.place(place) for place in posting.places[:20]), "places"),
        _fact(posting, "Level", ", ".join(part for part in (level, years) if part), "level", "experience"),
        _fact(posting, "Job type", ", ".join(kind.replace("-", " ") for kind in posting.employment), "employment"),
        _fact(posting, "Industry", kinds, "industry", "category"),
        *_eligibility(posting),
        _fact(posting, "Dates", _dates(posting, now, zone)),
    ]


def _without_places(posting: Posting) -> Posting:
    from dataclasses import replace

    return replace(posting, places=())


def _fact(posting: Posting, name: str, value: str, *fields: str, pay: bool = False) -> Fact:
    said = [_basis(posting.evidence[key]) for key in fields if key in posting.evidence and value]
    if pay and posting.pay and not said:
        said = [_basis(Evidence(posting.pay.basis, posting.pay.words))]
    if pay and posting.pay and posting.pay.currency_inferred:
        said.append("currency concluded from the place")
    return Fact(name, line(value, 300), " · ".join(part for part in dict.fromkeys(said) if part), pay and bool(value))


def _basis(found: Evidence) -> str:
    words = line(found.words, 160)
    if found.basis == "inferred":
        return f"concluded from “{words}”" if words else "concluded"
    return f"from “{words}”" if words else ""


def _eligibility(posting: Posting) -> Iterator[Fact]:
    said = {
        ("sponsorship", True): "Sponsorship is offered",
        ("sponsorship", False): "No sponsorship",
        ("work_permit", True): "A work permit is asked for",
        ("clearance", True): "A clearance is asked for",
        ("citizenship", True): "A citizenship is asked for",
        ("degree", True): "A degree is asked for",
        ("degree", False): "No degree is asked for",
        ("language", True): "A language is asked for",
    }
    for asked in posting.eligibility[:12]:
        words = said.get((asked.topic, asked.answer), line(asked.topic.replace("_", " "), 40).capitalize())
        value = f"{words}: {line(asked.value, 60)}" if asked.value else words
        why = f"from “{line(asked.words, 160)}”" if asked.words else ""
        yield Fact("Visa" if asked.topic == "sponsorship" else "Asked for", value, why)
    if not any(asked.topic == "sponsorship" for asked in posting.eligibility):
        yield Fact("Visa", "")


def _dates(posting: Posting, now: datetime, zone: str) -> str:
    parts = [f"posted {wording.day(posting.posted, now, zone)}" if posting.posted else ""]
    parts += [f"changed {wording.day(posting.updated, now, zone)}" if posting.updated else ""]
    parts += [f"apply by {wording.last_day(posting.expires, now)}" if posting.expires else ""]
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def differing(postings: Sequence[Posting], home: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where the listings disagree: what each source says."""
    sayers: dict[str, Callable[[Posting], str]] = {
        "Pay": lambda one: wording.pay(one.pay, home) if one.pay else "",
        "Level": lambda one: wording.word("level", one.level or ""),
        "Job type": lambda one: ", ".join(one.employment),
    }
    found = []
    for name, says in sayers.items():
        said = [(line(one.source, 60), says(one)) for one in postings]
        if len({value for _, value in said if value}) > 1:
            found.append((name, [pair for pair in said if pair[1]]))
    return found


def blocks(text: str) -> list[Block]:
    """Plain text as paragraphs, headings and lists, by its lines alone; nothing of it is taken for markup."""
    found: list[Block] = []
    for paragraph in _paragraphs(block(text, 100_000).splitlines()[:_LINES]):
        for kind, lines in _runs(paragraph):
            found.append(Block(kind, lines))
    return found


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for one in lines:
        if one.strip():
            paragraph.append(one)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _runs(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    run: list[str] = []
    inside = False
    for number, one in enumerate(lines):
        is_item = _BULLET.match(one) is not None
        if number == 0 and not is_item and _is_heading(one, alone=len(lines) == 1):
            yield "h", (one.strip().rstrip(":"),)
            continue
        if is_item != inside and run:
            yield "ul" if inside else "p", tuple(run)
            run = []
        inside = is_item
        run.append(_BULLET.sub("", one, count=1) if is_item else one.strip())
    if run:
        yield "ul" if inside else "p", tuple(run)


def _is_heading(one: str, *, alone: bool) -> bool:
    words = one.strip()
    if len(words) > 80 or words.endswith((".", ",", ";", "!")):
        return False
    return words.endswith(":") or (alone and len(words.split()) <= 8) or (words.isupper() and len(words) > 3)
