"""A search as the user wrote it → conditions that can be asked; every mistake at once, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from alerts.match import aliases as alias_table
from alerts.match import entry, readings, says, spoken, values
from alerts.match.likeness import Sample
from alerts.match.tree import All, Any, Is, Node, Not, Says
from alerts.model.errors import UsageError
from alerts.model.posting import Pay
from alerts.model.search import Search

#: Entries that are remembered, for searches share most of theirs; longer ones (a text for ``like``) are read each time.
MOST, LONGEST = 50_000, 200

KEYS = (
    "title", "keywords", "require", "exclude", "companies", "exclude_companies", "locations", "work", "employment", "level",
    "category", "industry", "salary", "max_experience", "max_age", "languages", "require_sponsorship", "exclude_clearance",
    "query", "like",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of a search. ``keep``: an unknown answer counts as yes."""

    key: str
    node: Node
    keep: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """A search ready to be asked; all its conditions must hold."""

    search: Search
    conditions: tuple[Condition, ...]
    #: Raise the order without being required.
    prefer: tuple[Node, ...] = ()


def compile(search: Search, *, aliases: Mapping[str, object] | None = None) -> Compiled:  # noqa: A001
    """Compile a search. ``aliases``: the user's own, ``{word: [others]}`` adds and ``{word: []}`` switches off.

    Raises UsageError naming every key with a mistake.
    """
    compiled, problems = _compile(search, aliases)
    if problems:
        raise UsageError("; ".join(f"search {search.name!r}, {key}: {message}" for key, message in problems))
    return compiled


def check(search: Search, *, aliases: Mapping[str, object] | None = None) -> list[tuple[str, str]]:
    """Every mistake as (key, what is wrong and what is expected)."""
    return _compile(search, aliases)[1]


def _compile(search: Search, aliases: Mapping[str, object] | None) -> tuple[Compiled, list[tuple[str, str]]]:
    reader = _Reader(search, _aliases(search, aliases))
    conditions = []
    for key in KEYS:
        node = reader.read(key)
        if node is not None:
            keep = search.unknown_for.get(key, search.unknown) != "drop"
            conditions.append(Condition(key, node, keep))
    prefer = tuple(reader.each("prefer"))
    reader.policies()
    return Compiled(search, tuple(conditions), prefer), reader.problems


def _aliases(search: Search, extra: Mapping[str, object] | None) -> alias_table.Aliases | None:
    if not search.aliases:
        return None
    return alias_table.extended(extra or {})


@dataclass(frozen=True, slots=True)
class _Ground:
    """What entries are read with beside their text."""

    aliases: alias_table.Aliases | None
    home: str | None


class _Reader:
    """Reads the keys of one search and collects what is wrong with them."""

    def __init__(self, search: Search, aliases: alias_table.Aliases | None) -> None:
        self.search = search
        self.problems: list[tuple[str, str]] = []
        self._ground = _Ground(aliases, search.home)

    def read(self, key: str) -> Node | None:
        """The condition of one key; None where the search does not speak of it."""
        if not (said := getattr(self.search, key)):
            return None
        if said is True:
            return _FLAGS[key]
        parts = tuple(self.each(key))
        return _JOINS.get(key, _any)(key, parts) if parts else None

    def each(self, key: str) -> Iterator[Node]:
        """The entries of a key, those with a mistake left out and noted."""
        said = getattr(self.search, key) or ()
        for text in (said,) if isinstance(said, str) else said:
            try:
                yield _entry(key, text, self._ground)
            except (values.BadValue, entry.BadEntry) as error:
                self.problems.append((key, str(error)))

    def policies(self) -> None:
        """``unknown`` and ``unknown_for`` must be keep or drop, for keys that there are."""
        for where, value in (
            ("unknown", self.search.unknown),
            *((f"unknown_for.{k}", v) for k, v in self.search.unknown_for.items()),
        ):
            if value not in ("keep", "drop"):
                self.problems.append((where, f"{value!r} is not known; use keep or drop"))
        for key in self.search.unknown_for:
            if key not in KEYS:
                self.problems.append((f"unknown_for.{key}", f"there is no condition {key!r}"))


def _entry(key: str, text: str, ground: _Ground) -> Node:
    """What one entry of a key asks; equal entries of different searches are one value."""
    return _kept(key, text, ground) if len(text) <= LONGEST else _read(key, text, ground)


@lru_cache(maxsize=MOST)
def _kept(key: str, text: str, ground: _Ground) -> Node:
    return _read(key, text, ground)


def _read(key: str, text: str, ground: _Ground) -> Node:
    return replace(_ENTRIES[key](text, ground), key=key, wanted=_shown(key, text))


def _shown(key: str, text: str) -> str:
    """An entry as reasons show it: of a text that jobs shall be like, its title."""
    return text.strip().partition("\n")[0][:100] if key == "like" else text


def _any(key: str, parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else Any(parts, key=key)


def _all(key: str, parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else All(parts, key=key)


def _none(key: str, parts: tuple[Node, ...]) -> Node:
    return All(tuple(Not(part, key=key, wanted=part.wanted) for part in parts), key=key)


#: How the entries of a key go together; of the others one is enough.
_JOINS: dict[str, Callable[[str, tuple[Node, ...]], Node]] = {
    "require": _all,
    "exclude": _none,
    "exclude_companies": _none,
    "languages": lambda key, parts: spoken.joined(parts, key),
}

_FLAGS: dict[str, Node] = {
    "require_sponsorship": Is("sponsorship", True, "sponsorship", "require_sponsorship"),
    "exclude_clearance": Not(Is("clearance", True, "clearance"), "exclude_clearance", "no clearance"),
}


def _title(text: str, ground: _Ground) -> Node:
    return _words(text, ground, ("title",))


def _words(text: str, ground: _Ground, fields: tuple[str, ...] = says.ANY) -> Node:
    found = entry.parse(text, fields=fields, aliases=ground.aliases)
    return Says(found.fields, found.expression)


def _company(text: str, ground: _Ground) -> Node:
    """A company by its folded name; with a star or in quotes: by its words."""
    if "*" in text or '"' in text:
        return _words(text, ground, ("company",))
    key = readings.company_key(text)
    if not key:
        raise values.BadValue(f"{text!r} is no company name")
    return Is("company", key)


def _preference(text: str, ground: _Ground) -> Node:
    """Words, or any condition of the query language (``work:remote``)."""
    from alerts.match import query

    return _query(text, ground) if query.looks_like_one(text) else _words(text, ground)


def _query(text: str, ground: _Ground) -> Node:
    from alerts.match import query

    return query.parse(text, aliases=ground.aliases, home=ground.home)


def bare(pay: Pay) -> Pay:
    """The amount alone, so that equal ones are equal however they were written."""
    return Pay(pay.min, pay.max, pay.currency, pay.period or "year")


_ENTRIES: dict[str, Callable[[str, _Ground], Node]] = {
    "title": _title,
    "keywords": _words,
    "require": _words,
    "exclude": _words,
    "companies": _company,
    "exclude_companies": _company,
    "locations": lambda text, ground: Is("place", values.area(text, ground.home)),
    "work": lambda text, ground: Is("work", values.choice("work", text)),
    "employment": lambda text, ground: Is("employment", values.choice("employment", text)),
    "level": lambda text, ground: Is("level", values.choice("level", text)),
    "category": lambda text, ground: Is("category", values.listed("categories", text)),
    "industry": lambda text, ground: Is("industry", values.listed("industries", text)),
    "salary": lambda text, ground: Is("salary", ("min", bare(values.pay(text)))),
    "max_experience": lambda text, ground: Is("experience", (None, values.years(text))),
    "max_age": lambda text, ground: Is("posted", (-values.duration(text), None)),
    "languages": lambda text, ground: Is("speaks", frozenset((values.choice("language", text),))),
    "query": _query,
    "like": lambda text, ground: Is("like", Sample(text)),
    "prefer": _preference,
}
