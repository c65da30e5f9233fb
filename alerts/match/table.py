"""A search in the text form → the table form, as far as its keys can say it; what they cannot stays a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alerts.match import query, says
from alerts.match.aliases import Aliases
from alerts.match.query import Conjunct
from alerts.match.tree import Any, Is, Node, Not, Says
from alerts.model.search import Search

#: Kinds of values that are lists in the table.
_LISTS = {"place": "locations", "work": "work", "employment": "employment", "level": "level", "category": "category",
          "industry": "industry", "speaks": "languages", "company": "companies"}  # fmt: skip


def from_query(text: str, name: str = "", aliases: Aliases | None = None) -> Search:
    """The search that means the same as the query, with these aliases (else the shipped ones); raises QueryError.

    Each part that stands by itself (joined by AND) becomes a key where one can say it and is not yet taken.
    """
    search = Search(name)
    rest: list[str] = []
    for part in query.conjuncts(text, aliases):
        wider = _with(search, part)
        if wider is None:
            rest.append(f"({part.source})")
        else:
            search = wider
    return replace(search, query=" AND ".join(rest) or None)


def _with(search: Search, part: Conjunct) -> Search | None:
    """The search with one more condition; None where no key can say it."""
    node = part.node
    if isinstance(node, Not):
        return _without(search, node.part)
    leaves = node.parts if isinstance(node, Any) else (node,)
    if all(isinstance(leaf, Says) for leaf in leaves):
        return _says(search, leaves)
    if not all(isinstance(leaf, Is) for leaf in leaves):
        return None
    if len(leaves) == 1 and (single := _single(search, leaves[0])):
        return single
    kinds = {leaf.kind for leaf in leaves if isinstance(leaf, Is)}
    key = _LISTS.get(kinds.pop()) if len(kinds) == 1 else None
    wishes = leaves[0].wanted.split(" OR ") if key == "languages" and len(leaves) == 1 else [leaf.wanted for leaf in leaves]
    entries = tuple(map(_plain, wishes))
    return replace(search, **{key: entries}) if key and not getattr(search, key) and all(entries) else None  # type: ignore[arg-type]


def _says(search: Search, leaves: tuple[Node, ...]) -> Search | None:
    fields = {leaf.fields for leaf in leaves if isinstance(leaf, Says)}
    entries = tuple(_entry(leaf.wanted) for leaf in leaves)
    if len(fields) != 1 or not all(entries):
        return None
    field = fields.pop()
    if field == ("title",) and not search.title:
        return replace(search, title=entries)
    if field == says.ANY and len(entries) == 1:
        return replace(search, require=(*search.require, *entries))
    if field == says.ANY and not search.keywords:
        return replace(search, keywords=entries)
    return None


def _without(search: Search, part: Node) -> Search | None:
    if isinstance(part, Says) and (entry := _entry(part.wanted)):
        mark = "" if part.fields == says.ANY else f"{part.fields[0]}:"
        return replace(search, exclude=(*search.exclude, mark + entry))
    if isinstance(part, Is) and part.kind == "company" and _plain(part.wanted):
        return replace(search, exclude_companies=(*search.exclude_companies, _plain(part.wanted)))
    return replace(search, exclude_clearance=True) if part == Is("clearance", True) else None


def _single(search: Search, leaf: Node) -> Search | None:
    """Keys that hold one value: the least pay, the most experience and age, sponsorship."""
    if not isinstance(leaf, Is):
        return None
    low, _, high = (part.strip().strip('"').strip() for part in leaf.wanted.strip("[]").partition(" TO "))
    match leaf:
        case Is("salary", ("min", _)) if high == "*" and not search.salary:
            return replace(search, salary=low)
        case Is("experience", (None, _)) if leaf.wanted.startswith("[") and not search.max_experience:
            return replace(search, max_experience=high)
        case Is("posted", (timedelta(), None)) if low.startswith("now-") and not search.max_age:
            return replace(search, max_age=low.removeprefix("now-"))
        case Is("sponsorship", True):
            return replace(search, require_sponsorship=True)
    return None


def _entry(wanted: str) -> str:
    """The entry that a leaf of the query means: ``"a b"~`` is an entry's words, ``"a b"`` a phrase; "" for other things."""
    if wanted.endswith('"~'):
        return query.unescaped(wanted[1:-2])
    if wanted.startswith('"') and wanted.endswith('"') and "\\" not in wanted:
        return wanted
    return wanted if wanted and not any(sign in wanted for sign in ' "~\\:()') else ""


def _plain(wanted: str) -> str:
    """A value as it stands; "" where it is more (a distance)."""
    if wanted.startswith('"') and wanted.endswith('"'):
        return query.unescaped(wanted[1:-1])
    return wanted if wanted and not any(sign in wanted for sign in '"~\\') else ""
