"""The fields of the query language: what a word, phrase or range means under each of them.

``location:`` and ``near:`` ask where one can work, remote scope included; ``place:`` asks for an address of the job itself.
``language:`` is what a posting is written in; ``speaks:(en OR de)`` is one condition, on the person: do these languages do?
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from alerts.match import entry, readings, says, values
from alerts.match.aliases import Aliases
from alerts.match.says import Together
from alerts.match.tree import Is, Node, Not, Says
from alerts.model.posting import Pay


class QueryError(values.BadValue):
    """A query that cannot be read; ``column`` counts from 1."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(f"column {column}: {message}")
        self.column = column


@dataclass(frozen=True, slots=True)
class Reading:
    """One leaf of a query: the field, what is said, and how."""

    field: str
    text: str
    column: int
    #: As the user wrote it.
    wanted: str
    #: word | phrase | range | compare
    form: str = "word"
    #: What follows "~": None without it, "" for the bare sign, else a number or distance.
    near: str | None = None
    aliases: Aliases | None = None
    home: str | None = None


_WORDS = {"any": says.ANY, "title": ("title",), "text": ("text",), "tags": ("tags",), "company": ("company",)}
_NAMES = {
    "keywords": "any", "all": "any", "description": "text", "body": "text", "tag": "tags", "companies": "employer",
    "near": "location", "locations": "location", "city": "place", "country": "place", "office": "place",
    "type": "employment", "job_type": "employment", "seniority": "level", "pay": "salary", "date": "posted", "age": "posted",
    "lang": "language", "languages": "speaks", "years": "experience",
}  # fmt: skip
#: Words of other languages' operators, which would be looked for as words; what to write instead.
_OPERATORS = {
    "or": "write OR in capitals, or 'or' in quotes", "not": "write NOT in capitals, or 'not' in quotes", "|": "write OR for |",
    "NEAR": 'words that stand near one another are written "two words"~5', "ADJ": 'words in a row are written "in quotes"',
}  # fmt: skip
_LIST = {"work": "work", "employment": "employment", "level": "level", "language": "language"}
_TABLE = {"category": "categories", "industry": "industries"}
_STATED = {
    "salary": "pay", "location": "places", "place": "places", "work": "work", "employment": "employment", "level": "level",
    "category": "category",
    "industry": "industry", "experience": "experience", "posted": "posted", "language": "language", "employer": "company",
    "company": "company", "text": "text", "tags": "tags",
}  # fmt: skip
FIELDS = (
    *_WORDS, "employer", "location", "place", *_LIST, "speaks", *_TABLE, "salary", "experience", "posted", "sponsorship",
    "clearance", "source", "known", "maybe",
)  # fmt: skip


def name(said: str, column: int) -> str:
    """The field that a user's word means; raises QueryError with the nearest known one."""
    plain = said.lower()
    field = _NAMES.get(plain, plain)
    if field in FIELDS:
        return field
    close = difflib.get_close_matches(plain, [*FIELDS, *_NAMES], n=1, cutoff=0.5)
    hint = f"; did you mean {close[0]}:?" if close else ""
    raise QueryError(
        column, f"there is no field {said!r}{hint} Fields: {', '.join(FIELDS)}. A colon that is meant goes into quotes"
    )


def of_words(field: str) -> bool:
    """Does the field hold words (rather than a value)?"""
    return field in _WORDS


def is_pay(mark: str) -> bool:
    """Is it the mark of a field of pay (``salary:``)?"""
    plain = mark.rstrip(": \t").lower()
    return _NAMES.get(plain, plain) == "salary"


def read(reading: Reading) -> list[Node]:
    """The conditions of one leaf, all of which must hold."""
    try:
        if reading.text == "*" and reading.form == "word" and reading.field in _STATED:
            return [Is("stated", _STATED[reading.field], reading.wanted)]
        if of_words(reading.field):
            return _words(reading)
        if reading.near is not None and reading.field not in ("location", "place"):
            raise QueryError(reading.column, f"{reading.field}: takes no ~")
        nodes = _VALUES[reading.field](reading)
        return [replace(node, wanted=reading.wanted) for node in nodes]
    except QueryError:
        raise
    except (values.BadValue, entry.BadEntry) as error:
        raise QueryError(reading.column, str(error)) from None


def _words(reading: Reading) -> list[Node]:
    fields = _WORDS[reading.field]
    if reading.form in ("range", "compare"):
        raise QueryError(reading.column, f"{reading.field}: takes words, not a range; ranges go with salary, posted, experience")
    if reading.form == "word":
        return _run(reading, fields)
    if reading.near is None:
        plain = reading.text.replace('"', " ")
        return [Says(fields, entry.expression(f'"{plain}"'), reading.wanted)]
    found = entry.expression(reading.text, aliases=reading.aliases, slop=_slop(reading))
    return [Says(fields, found, reading.wanted)]


def _run(reading: Reading, fields: tuple[str, ...]) -> list[Node]:
    """Words side by side: each on its own, aliases of several words together."""
    if reading.near is not None:
        raise QueryError(reading.column, 'a word takes no ~; end it with * for a prefix, or write "two words"~5')
    for word in reading.text.split():
        if advice := _OPERATORS.get(word.partition("/")[0]) if len(reading.text.split()) > 1 else None:
            raise QueryError(reading.column + f" {reading.text}".find(f" {word}"), advice)
        if "*" in word.rstrip("*") or word.startswith("*"):
            raise QueryError(
                reading.column + reading.text.find(word), f"a star stands at the end of a word only, not as in {word!r}"
            )
        if len(word) > 2 and word.startswith("/") and word.endswith("/"):
            raise QueryError(reading.column, "regular expressions are not part of this language; use words and prefixes*")
    found = entry.expression(reading.text.replace('"', " "), aliases=reading.aliases, slop=None)
    parts = found.parts if isinstance(found, Together) and found.slop is None else (found,)
    return [Says(fields, part, reading.wanted) for part in parts]


def _slop(reading: Reading) -> int:
    if not reading.near:
        return says.LOOSE
    if not reading.near.isdigit():
        raise QueryError(
            reading.column, f'"…"~{reading.near} is not known; write the number of words that may stand between, such as ~5'
        )
    return min(int(reading.near), 1000)


def _single(reading: Reading) -> str:
    if reading.form in ("range", "compare"):
        raise QueryError(reading.column, f"{reading.field}: takes a value, not a range")
    return reading.text


def _location(reading: Reading) -> list[Node]:
    text = _single(reading)
    if reading.near:
        number, unit = re.match(r"([\d.]+)\s*(\w*)", reading.near).groups()  # type: ignore[union-attr]
        text = f"{number} {unit or 'km'} of {text}"
    return [Is("place" if reading.field == "location" else "address", values.area(text, reading.home))]


def _employer(reading: Reading) -> list[Node]:
    key = readings.company_key(_single(reading))
    if not key:
        raise QueryError(reading.column, f"{reading.text!r} is no company name")
    return [Is("company", key)]


def _flag(reading: Reading) -> list[Node]:
    said = _single(reading).lower()
    if said not in ("yes", "no", "true", "false"):
        raise QueryError(reading.column, f"{reading.field}: takes yes or no, not {reading.text!r}")
    node = Is(reading.field, True)
    return [node if said in ("yes", "true") else Not(node)]


def _bounds(reading: Reading) -> tuple[str | None, str | None, bool]:
    """(low, high, exclusive) of a range, a comparison or a single value; None for an open end."""
    text = reading.text.strip()
    if reading.form == "compare":
        sign = re.match(r"[<>]=?", text)
        value = text[sign.end() if sign else 0 :].strip().strip('"')
        return (value, None, text[1] != "=") if text[0] == ">" else (None, value, text[1] != "=")
    if reading.form != "range":
        return text, text, False
    inner = text[1:-1]
    parts = re.split(r"\s+TO\s+", inner.strip())
    if len(parts) != 2 or not all(part.strip() for part in parts):
        raise QueryError(reading.column, f"a range is written [low TO high], with * for an open end, not {text}")
    low, high = (part.strip().strip('"').strip() for part in parts)
    return (None if low == "*" else low), (None if high == "*" else high), text[0] == "{" or text[-1] == "}"


def _salary(reading: Reading) -> list[Node]:
    """The top of the posting's range reaches the low end, its bottom does not exceed the high one."""
    low, high, _ = _bounds(reading)
    least = _bare(values.pay(low)) if low else None
    most = _bare(values.pay(high)) if high and reading.form in ("range", "compare") else None
    if least and most and not (least.currency and most.currency):
        currency = least.currency or most.currency
        least, most = replace(least, currency=currency), replace(most, currency=currency)
    nodes: list[Node] = [Is("salary", (bound, edge)) for bound, edge in (("min", least), ("max", most)) if edge]
    if not nodes:
        raise QueryError(reading.column, "a range that is open at both ends says nothing; write salary:[150k TO *] or salary:*")
    return nodes


def _bare(pay: Pay) -> Pay:
    return Pay(pay.min, pay.max, pay.currency, pay.period or "year")


def _experience(reading: Reading) -> list[Node]:
    low, high, open_ends = _bounds(reading)
    if reading.form not in ("range", "compare") and reading.text.strip().endswith("+"):
        high = None
    step = 0.001 if open_ends else 0.0
    least = values.years(low) + step if low else None
    most = values.years(high) - step if high else None
    return [Is("experience", (least, most))]


def _posted(reading: Reading) -> list[Node]:
    low, high, _ = _bounds(reading)
    if reading.form not in ("range", "compare"):
        return [Is("posted", (-values.duration(reading.text), None))]
    if reading.form == "compare" and (span := _span(low or high or "")) is not None:
        return [Is("posted", (-span, None) if high else (None, -span))]  # an age: less than 7d
    return [Is("posted", (_moment(low, reading), _moment(high, reading, end=True)))]


def _span(text: str) -> timedelta | None:
    try:
        return values.duration(text)
    except values.BadValue:
        return None


def _moment(text: str | None, reading: Reading, *, end: bool = False) -> datetime | timedelta | None:
    """``now``, ``now-14d``, ``2026-01-31``; a day as the upper end includes the whole day."""
    if text is None:
        return None
    plain = text.lower().replace(" ", "")
    if plain in ("now", "today"):
        return timedelta(0)
    if match := re.fullmatch(r"(?:now|today)([+-])(.+)", plain):
        span = values.duration(match.group(2))
        return -span if match.group(1) == "-" else span
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise QueryError(reading.column, f"{text!r} is no date; write 2026-01-31, now or now-14d") from None
    return datetime(day.year, day.month, day.day, *((23, 59, 59) if end else (0, 0, 0)), tzinfo=UTC)


_VALUES: dict[str, Callable[[Reading], list[Node]]] = {
    "location": _location,
    "place": _location,
    "employer": _employer,
    "salary": _salary,
    "experience": _experience,
    "posted": _posted,
    "speaks": lambda reading: [Is("speaks", frozenset((values.choice("language", _single(reading)),)))],
    "sponsorship": _flag,
    "clearance": _flag,
    "source": lambda reading: [Is("source", _single(reading))],
    **{field: lambda reading, key=key: [Is(key, values.choice(key, _single(reading)))] for field, key in _LIST.items()},  # type: ignore[misc]
    **{field: lambda reading, f=field, t=table: [Is(f, values.listed(t, _single(reading)))] for field, table in _TABLE.items()},  # type: ignore[misc]
}
