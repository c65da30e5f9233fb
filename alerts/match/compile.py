"""A search as the user wrote it → conditions that can be asked; every mistake at once, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from alerts.match import aliases as alias_table
from alerts.match import entry, readings, says, spoken, values
from alerts.match.likeness import Sample
from alerts.match.tree import All, Any, Is, Node, Not, Says
from alerts.model.errors import UsageError
from alerts.model.posting import Pay
from alerts.model.search import Search

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
    prefer = tuple(reader.each("prefer", reader.preference))
    reader.policies()
    return Compiled(search, tuple(conditions), prefer), reader.problems


def _aliases(search: Search, extra: Mapping[str, object] | None) -> alias_table.Aliases | None:
    if not search.aliases:
        return None
    return alias_table.extended(extra) if extra else alias_table.shipped()


class _Reader:
    """Reads the keys of one search and collects what is wrong with them."""

    def __init__(self, search: Search, aliases: alias_table.Aliases | None) -> None:
        self.search = search
        self.aliases = aliases
        self.problems: list[tuple[str, str]] = []

    def read(self, key: str) -> Node | None:
        """The condition of one key; None where the search does not speak of it."""
        if not getattr(self.search, key):
            return None
        reader = _KEYS.get(key)
        if reader:
            try:
                return reader(self)
            except (values.BadValue, entry.BadEntry) as error:
                self.problems.append((key, str(error)))
                return None
        one, join = _ENTRIES[key]
        parts = tuple(self.each(key, lambda text: one(self, text)))
        if not parts:
            return None
        if join == "none":
            return All(tuple(Not(part, key=key, wanted=part.wanted) for part in parts), key=key)
        if len(parts) == 1:
            return parts[0]
        return All(parts, key=key) if join == "all" else Any(parts, key=key)

    def each(self, key: str, one: Callable[[str], Node]) -> Iterator[Node]:
        """The entries of a key, those with a mistake left out and noted."""
        for text in getattr(self.search, key):
            try:
                yield _labelled(one(text), key, _shown(key, text))
            except (values.BadValue, entry.BadEntry) as error:
                self.problems.append((key, str(error)))

    def words(self, text: str, fields: tuple[str, ...]) -> Node:
        """An entry of words."""
        found = entry.parse(text, fields=fields, aliases=self.aliases)
        return Says(found.fields, found.expression)

    def company(self, text: str) -> Node:
        """A company by its folded name; with a star or in quotes: by its words."""
        if "*" in text or '"' in text:
            return self.words(text, ("company",))
        key = readings.company_key(text)
        if not key:
            raise values.BadValue(f"{text!r} is no company name")
        return Is("company", key)

    def preference(self, text: str) -> Node:
        """Words, or any condition of the query language (``work:remote``)."""
        from alerts.match import query

        if query.looks_like_one(text):
            return query.parse(text, aliases=self.aliases, home=self.search.home)
        return self.words(text, says.ANY)

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


def _labelled(node: Node, key: str, wanted: str) -> Node:
    return replace(node, key=key, wanted=wanted)


def _shown(key: str, text: str) -> str:
    """An entry as reasons show it: of a text that jobs shall be like, its title."""
    return text.strip().partition("\n")[0][:100] if key == "like" else text


def _salary(reader: _Reader) -> Node:
    text = reader.search.salary or ""
    return Is("salary", ("min", bare(values.pay(text))), text, "salary")


def bare(pay: Pay) -> Pay:
    """The amount alone, so that equal ones are equal however they were written."""
    return Pay(pay.min, pay.max, pay.currency, pay.period or "year")


def _experience(reader: _Reader) -> Node:
    text = reader.search.max_experience or ""
    return Is("experience", (None, values.years(text)), text, "max_experience")


def _age(reader: _Reader) -> Node:
    text = reader.search.max_age or ""
    return Is("posted", (-values.duration(text), None), text, "max_age")


def _query(reader: _Reader) -> Node:
    from alerts.match import query

    text = reader.search.query or ""
    return replace(query.parse(text, aliases=reader.aliases, home=reader.search.home), key="query", wanted=text)


def _languages(reader: _Reader) -> Node | None:
    parts = tuple(reader.each("languages", lambda text: Is("speaks", frozenset((values.choice("language", text),)))))
    return spoken.joined(parts, "languages") if parts else None


_KEYS: dict[str, Callable[[_Reader], Node | None]] = {
    "languages": _languages,
    "salary": _salary,
    "max_experience": _experience,
    "max_age": _age,
    "query": _query,
    "require_sponsorship": lambda reader: Is("sponsorship", True, "sponsorship", "require_sponsorship"),
    "exclude_clearance": lambda reader: Not(Is("clearance", True, "clearance"), "exclude_clearance", "no clearance"),
}

_ENTRIES: dict[str, tuple[Callable[[_Reader, str], Node], str]] = {
    "title": (lambda reader, text: reader.words(text, ("title",)), "any"),
    "keywords": (lambda reader, text: reader.words(text, says.ANY), "any"),
    "require": (lambda reader, text: reader.words(text, says.ANY), "all"),
    "exclude": (lambda reader, text: reader.words(text, says.ANY), "none"),
    "companies": (lambda reader, text: reader.company(text), "any"),
    "exclude_companies": (lambda reader, text: reader.company(text), "none"),
    "locations": (lambda reader, text: Is("place", values.area(text, reader.search.home)), "any"),
    "work": (lambda reader, text: Is("work", values.choice("work", text)), "any"),
    "employment": (lambda reader, text: Is("employment", values.choice("employment", text)), "any"),
    "level": (lambda reader, text: Is("level", values.choice("level", text)), "any"),
    "category": (lambda reader, text: Is("category", values.listed("categories", text)), "any"),
    "industry": (lambda reader, text: Is("industry", values.listed("industries", text)), "any"),
    "like": (lambda reader, text: Is("like", Sample(text)), "any"),
}
