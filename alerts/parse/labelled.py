"""Job pages without markup for machines: facts as label and value, the title, the text, the site's promotion dropped."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_EMPLOYMENT = r"full[- ]?time|part[- ]?time|contract(?:or)?|internship|freelance|temporary|permanent|apprenticeship|seasonal"
_WORK = re.compile(r"\b(remote|hybrid|on-?site|in[- ]office|work from home)\b", re.IGNORECASE)
#: Words that are values of one label and themselves the label of others ("remote", "contract").
_VALUE = re.compile(rf"{_EMPLOYMENT}|remote|hybrid", re.IGNORECASE)
_LEVEL = re.compile(
    r"(?:entry|junior|mid|senior|executive|internship|associate)(?:[- ](?:senior|career))?[- ]level", re.IGNORECASE
)
_PAY = re.compile(r"[$€£¥₹]\s?\d|\b(?:USD|EUR|GBP|CAD|AUD|CHF)\b\s?\d|\d\s?(?:USD|EUR|GBP|CAD|AUD|CHF)\b")
# Words run together: "engineeringfull-timeRemote Canada"; a small letter after it would be another word ("contracts").
_GLUED = re.compile(rf"((?i:{_EMPLOYMENT}))(?![a-z])")
_PLACE = re.compile(r"[A-ZÀ-Þ][\w .'’()-]{1,40}(?:,\s*[A-ZÀ-Þ][\w .'’-]{1,40}){1,3}")
#: A line longer than this is prose, not a fact.
_FACT = 120
_HEAD = 25


@dataclass
class Facts:
    """What a page says, by our names of fields (``labels.toml``), each with the words as they stand there."""

    title: str | None = None
    company: str | None = None
    said: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""

    def add(self, name: str, words: str) -> None:
        """Note a fact once."""
        if words and words not in self.said.setdefault(name, []):
            self.said[name].append(words)


def read(lines: list[str], *, heading: str | None = None, document: str | None = None) -> Facts | None:
    """The posting on a page given as its visible lines; None where there is none.

    ``heading`` is the page's main heading and ``document`` its title ("Role at Company"), where the page is HTML.
    A page is taken for a posting when it has a title and at least one labelled fact or a line of facts beneath the title.
    """
    table = patterns()
    kept = [line for line in _until_end([each.strip() for each in lines]) if line]
    facts = Facts()
    signature = _signature([*kept, *filter(None, [document])], heading)
    if signature:
        facts.title, facts.company = signature
    used = _labelled(kept, facts)
    facts.title = next(iter(facts.said.get("title", ())), None) or facts.title or heading
    # A web page without a heading is as likely to be a list of jobs; copied text has no headings.
    facts.title = facts.title or (_headline(kept, used) if document is None else None)
    if not facts.title:
        return None
    facts.company = next(iter(facts.said.get("company", ())), None) or facts.company or _employer(kept, facts.title, used)
    used |= _beneath(kept, facts, used)
    if not any(facts.said.values()):
        return None
    skip = {facts.title, facts.company}
    body = [line for index, line in enumerate(kept) if index not in used and line not in skip and not _is_signature(line, facts)]
    noise, promotion = table["lines"], table["promotion"]
    facts.text = "\n".join(line for line in body if not noise.search(line) and not promotion.search(line))
    return facts


def _until_end(lines: list[str]) -> Iterator[str]:
    end = patterns()["end"]
    for index, line in enumerate(lines):
        if index > 5 and end.search(line):
            return
        yield line


def _labelled(lines: list[str], facts: Facts) -> set[int]:
    """Read labels with their values, on one line or two; the indexes of the lines that were used."""
    labels, noise = _labels(), patterns()["lines"]
    used: set[int] = set()
    for index, line in enumerate(lines):
        label, colon, value = line.partition(":")
        name = labels.get(label.strip().lower())
        if name is None or index in used:
            continue
        # Prose has "Location: …" too, which is as good; a bare label counts only with a short value beneath.
        if colon and value.strip() and len(value) <= _FACT:
            facts.add(name, value.strip())
            used.add(index)
        elif not value.strip() and index + 1 < len(lines):
            beneath = lines[index + 1]
            another = beneath.rstrip(":").lower() in labels and not _VALUE.fullmatch(beneath)
            if len(beneath) <= _FACT and not another and not noise.search(beneath):
                facts.add(name, beneath)
                used |= {index, index + 1}
    return used


def _signature(lines: list[str], heading: str | None) -> tuple[str, str] | None:
    """(title, company) from a line "TITLE at COMPANY", whose title is the heading or a line of its own."""
    known = {line for line in lines if 3 < len(line) <= _FACT} | ({heading} if heading else set())
    for line in lines:
        if len(line) > 2 * _FACT:
            continue
        for found in re.finditer(r"\s(?:at|@|bei|chez)\s", line):
            title, company = line[: found.start()].strip(), line[found.end() :]
            company = re.split(r"\s+[—–|·-]\s+|\s\(", company)[0].strip()
            if title in known and 1 < len(company) <= 60:
                return title, company
    return None


def _is_signature(line: str, facts: Facts) -> bool:
    return bool(
        facts.title and facts.company and line.startswith(f"{facts.title} ") and facts.company in line[len(facts.title) :]
    )


def _headline(lines: list[str], used: set[int]) -> str | None:
    """The line above the facts that reads like a job title; where facts are labelled, else the first that is not said twice."""
    roles, head = patterns()["roles"], _head(lines, used)
    titled = next((line for line in head if roles.search(line)), None)
    return titled or (next((line for line in head if head.count(line) == 1), None) if used else None)


def _employer(lines: list[str], title: str, used: set[int]) -> str | None:
    """A line said twice above the title (logo and name), else the line just above or beneath it."""
    head = _head(lines, used)
    if title not in head:
        return None
    at = head.index(title)
    twice = next((line for line in head[:at] if head[:at].count(line) > 1), None)
    beneath = head[at + 1] if at + 1 < len(head) and not _pieces(head[at + 1])[1:] else None
    near = twice or (head[at - 1] if at else beneath)
    return near if near and len(near) <= 60 and not _WORK.search(near) and not _PAY.search(near) else None


def _head(lines: list[str], used: set[int]) -> list[str]:
    """The lines above the first label or prose, without the site's furniture."""
    noise, promotion = patterns()["lines"], patterns()["promotion"]
    head: list[str] = []
    for index, line in enumerate(lines[:_HEAD]):
        if (index in used and head) or len(line) > _FACT:
            break
        if index not in used and not noise.search(line) and not promotion.search(line):
            head.append(line)
    return head


def _beneath(lines: list[str], facts: Facts, used: set[int]) -> set[int]:
    """Read the lines of facts beneath the title ("Miami, FL · Full time", or run together); the indexes of lines used."""
    taken: set[int] = set()
    if facts.title not in lines:
        return taken
    at = lines.index(facts.title)
    for index in range(at + 1, min(at + 6, len(lines))):
        line = lines[index]
        if index in used or len(line) > _FACT:
            break
        bare = line.removeprefix(facts.company or "\0").strip().removeprefix(facts.title).strip()
        if _read_pieces(_pieces(bare), facts):
            taken.add(index)
    return taken


def _pieces(line: str) -> list[str]:
    """The parts of a line of facts: between separators, and around words that were run together ("\\0" before what follows)."""
    pieces = []
    for part in re.split(r"\s*[·•|]\s*|\s+[—–]\s+", line):
        glued = [piece.strip(" ,-–—") for piece in _GLUED.split(part)]
        pieces += [piece if index < 2 else f"\0{piece}" for index, piece in enumerate(glued) if piece]
    return pieces


def _read_pieces(pieces: list[str], facts: Facts) -> bool:
    """Give the parts of a line to fields; False where the line holds no fact at all."""
    found = [(name, piece.lstrip("\0")) for piece in pieces if (name := _sort(piece))]
    if all(name == "category" for name, _ in found):
        return False
    for name, piece in found:
        # A word of no known sort is a category only where it is short and said nowhere else.
        if name != "category" or (len(piece) <= 30 and not facts.said.get("category")):
            facts.add(name, piece)
    return True


def _sort(piece: str) -> str | None:
    """The field that a part of a line of facts is for; None for the site's furniture."""
    bare = piece.lstrip("\0")
    if patterns()["lines"].search(bare):
        return None
    if re.fullmatch(_EMPLOYMENT, bare, re.IGNORECASE):
        return "employment"
    if _PAY.search(bare):
        return "pay"
    if _LEVEL.fullmatch(bare):
        return "level"
    if _WORK.search(bare):
        return "place" if len(bare.split()) > 1 else "work"
    # What was run together with the employment type and begins like a name is the place.
    return "place" if _PLACE.fullmatch(bare) or (piece != bare and bare[0].isupper()) else "category"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("alerts.parse") / "labels.toml").read_text("utf-8"))


@cache
def _labels() -> dict[str, str]:
    return {label: name for name, labels in _tables()["labels"].items() for label in labels}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The expressions of ``labels.toml``: lines, promotion, end, roles."""
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _tables()["noise"].items()}
