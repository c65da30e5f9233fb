"""The text form of a search: Boolean language in Lucene's syntax; errors point at the column.

``engineer (python OR golang) -title:intern salary:[150k TO *] near:"Toronto"~50km posted:[now-14d TO *]``

Words side by side are joined by AND. ``"in quotes"`` is the exact phrase; ``"a b"~5`` has the words in any form and order with at
most five others between; ``"a b"~`` reads them as an entry of the table form does. ``-x`` and ``+x`` rule over their whole group.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from alerts.match import entry, query_fields, spoken
from alerts.match.aliases import Aliases, shipped
from alerts.match.query_fields import QueryError, Reading
from alerts.match.tree import All, Any, Is, Known, Node, Not

if TYPE_CHECKING:
    from lark import Lark, Token, Tree
    from lark.exceptions import UnexpectedInput

#: Deeper nesting is refused rather than risked.
DEEPEST = 60
#: Longer queries are refused.
LONGEST = 20_000

_LOOKS = re.compile(r"[a-z_]+:\S|\b(?:AND|OR|NOT)\b|[()]", re.IGNORECASE)
_MARKED = re.compile(r"(?:title|company|text|tags?):", re.IGNORECASE)
_NAMES = {
    "WORD": "a word", "PHRASE": 'a "phrase"', "FIELD": "a field:", "LPAR": "(", "RPAR": ")", "AND": "AND", "_OR": "OR",
    "NOT": "NOT", "MINUS": "-", "PLUS": "+", "RANGE": "[low TO high]", "COMPARE": ">= …", "NEAR": "~", "$END": "the end",
}  # fmt: skip


def looks_like_one(text: str) -> bool:
    """Is an entry of ``prefer`` a condition of this language rather than plain words?"""
    return bool(_LOOKS.search(text)) and not _MARKED.match(text)


def parse(text: str, *, aliases: Aliases | None = None, home: str | None = None) -> Node:
    """The tree of a query; raises QueryError with ``column`` and a message."""
    from lark.exceptions import UnexpectedInput

    _limits(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _complaint(text, error) from None
    return _Builder(text, aliases, home).build(_tree(tree, 0), "any")


@dataclass(frozen=True, slots=True)
class Conjunct:
    """One part of a query that must hold, and how it was written."""

    node: Node
    source: str


def conjuncts(text: str, aliases: Aliases | None = None) -> tuple[Conjunct, ...]:
    """The parts that AND joins, each by itself; one where nothing is joined. Shipped aliases unless given; raises QueryError."""
    known = aliases or shipped()
    whole = parse(text, aliases=known)
    group = _tree(_parser().parse(text), 0)
    while len(group.children) == 1 and len(both := _tree(group, 0).children) == 1 and getattr(both[0], "data", "") == "group":
        group = _tree(_tree(_tree(group, 0), 0), 0)
    parts = [_tree(_tree(group, 0), at) for at, part in enumerate(_tree(group, 0).children) if hasattr(part, "data")]
    ands = sum(getattr(part, "type", "") == "AND" for part in _tree(group, 0).children)
    if len(group.children) != 1 or len(parts) < 2 or ands != len(parts) - 1:
        return (Conjunct(whole, text.strip()),)
    sources = [text[part.meta.start_pos : part.meta.end_pos] for part in parts]
    return tuple(Conjunct(parse(source, aliases=known), source) for source in sources)


def unescaped(text: str) -> str:
    """Without the backslashes that keep signs from having a meaning."""
    return re.sub(r"\\(.)", r"\1", text)


def from_query(text: str, *, home: str | None = None) -> Node:
    """The tree of a query, with the shipped aliases."""
    return parse(text, aliases=shipped(), home=home)


@cache
def _parser() -> Lark:
    from lark import Lark

    grammar = files("alerts.match").joinpath("data/query.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=False)


def _limits(text: str) -> None:
    if not text.strip():
        raise QueryError(1, 'the query is empty; write a word, a "phrase" or a field:')
    if len(text) > LONGEST:
        raise QueryError(LONGEST, f"the query is longer than {LONGEST:,} characters")
    depth = 0
    for column, sign in enumerate(text, 1):
        depth += (sign == "(") - (sign == ")")
        if depth > DEEPEST:
            raise QueryError(column, f"more than {DEEPEST} parentheses are open")
    if re.search(r"(?:\b(?:NOT)\s+|!){60}", text):
        raise QueryError(1, "too many NOTs in a row")


def _complaint(text: str, error: UnexpectedInput) -> QueryError:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    at = error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
    names: set[str] = set()
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected)
        if error.token.type == "$END":
            at = len(text.rstrip())
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    expected = [name for key, name in _NAMES.items() if key in names]
    if at >= len(text.rstrip()):
        found = "the query ends"
    else:
        found = f"{text[at : at + 12].split()[0] if text[at : at + 12].split() else text[at]!r}"
        if text[at] == '"':
            return QueryError(at + 1, 'this quotation mark is not closed; write "phrase"')
        if text[at] == "^":
            return QueryError(at + 1, "boosts (^) are not used here; put such words under prefer")
        if text[at] in "[{":
            return QueryError(at + 1, "a range stands behind a field and is closed, such as salary:[150k TO *]")
    wish = ", ".join(expected[:-1]) + (" or " if len(expected) > 1 else "") + expected[-1] if expected else "a word"
    return QueryError(at + 1, f"{found} where {wish} was expected")


class _Builder:
    """Turns the parser's tree into ours; ``field`` is the field that the words stand under."""

    def __init__(self, text: str, aliases: Aliases | None, home: str | None) -> None:
        self.text = text
        self.aliases = aliases
        self.home = home

    def build(self, tree: Tree[Token], field: str) -> Node:
        """Any node but a run of words."""
        builders: dict[str, Callable[[Tree[Token], str], Node]] = {
            "either": self._either, "group": lambda t, f: self.build(_tree(t, 0), f), "without": self._without,
            "minus": self._signed, "plus": self._signed, "field": self._field, "range": self._leaf, "compare": self._leaf,
            "unequal": self._unequal,
            "phrase": self._leaf, "word": self._leaf,
        }  # fmt: skip
        return builders[tree.data](tree, field)

    def _either(self, tree: Tree[Token], field: str) -> Node:
        """OR of ANDs; what is marked + or - rules over the whole group."""
        options: list[Node] = []
        always: list[Node] = []
        for both in tree.children:
            parts, signed = self._both(both, field)  # type: ignore[arg-type]
            always += signed
            if parts:
                options.append(parts[0] if len(parts) == 1 else All(tuple(parts)))
        if options:
            options = _languages_joined(options)
            always.insert(0, options[0] if len(options) == 1 else Any(tuple(options)))
        return always[0] if len(always) == 1 else All(tuple(always))

    def _both(self, tree: Tree[Token], field: str) -> tuple[list[Node], list[Node]]:
        parts: list[Node] = []
        signed: list[Node] = []
        run: list[Tree[Token]] = []
        for before, child in zip((None, *tree.children), tree.children, strict=False):
            name = getattr(child, "data", "")
            if before is not None and name == "word":
                _whole_amount(before, _tree(child, 0))  # type: ignore[arg-type]
            if name in ("word", "phrase") and self._runs(child, field):  # type: ignore[arg-type]
                run.append(child)  # type: ignore[arg-type]
                continue
            parts += self._run(run, field)
            run = []
            if name in ("minus", "plus"):
                signed.append(self._signed(child, field))  # type: ignore[arg-type]
            elif name:
                parts.append(self.build(child, field))  # type: ignore[arg-type]
        return parts + self._run(run, field), signed

    @staticmethod
    def _runs(tree: Tree[Token], field: str) -> bool:
        """May it be read together with its neighbours? (aliases of several words; places and names of several words)"""
        return len(tree.children) == 1 and (tree.data == "word" or not query_fields.of_words(field))

    def _run(self, run: list[Tree[Token]], field: str) -> list[Node]:
        if not run:
            return []
        first, last = run[0], run[-1]
        text = " ".join(self._said(child) for child in run)
        wanted = self.text[first.meta.start_pos : last.meta.end_pos]
        if len(run) > 1 and any(child.data == "phrase" for child in run):
            return [self._leaf(child, field) for child in run]
        return query_fields.read(Reading(field, text, first.meta.column, wanted, aliases=self.aliases, home=self.home))

    @staticmethod
    def _said(tree: Tree[Token]) -> str:
        token = str(tree.children[0])
        plain = token[1:-1] if tree.data == "phrase" else token
        return unescaped(plain)

    def _leaf(self, tree: Tree[Token], field: str) -> Node:
        near = str(tree.children[1]).lstrip("~").strip() if len(tree.children) > 1 else None
        said = self._said(tree) if tree.data in ("word", "phrase") else str(tree.children[0])
        wanted = self.text[tree.meta.start_pos : tree.meta.end_pos]
        reading = Reading(field, said, tree.meta.column, wanted, str(tree.data), near, self.aliases, self.home)
        parts = query_fields.read(reading)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _without(self, tree: Tree[Token], field: str) -> Node:
        return Not(self.build(_tree(tree, 1), field), wanted=self.text[tree.meta.start_pos : tree.meta.end_pos])

    def _signed(self, tree: Tree[Token], field: str) -> Node:
        return self._without(tree, field) if tree.data == "minus" else self.build(_tree(tree, 1), field)

    def _field(self, tree: Tree[Token], field: str) -> Node:
        token = tree.children[0]
        name = query_fields.name(str(token).rstrip(": \t"), token.column or 1)  # type: ignore[union-attr]
        inner = _tree(tree, 1)
        if name in ("known", "maybe"):
            return Known(
                self.build(inner, field), keep=name == "maybe", wanted=self.text[tree.meta.start_pos : tree.meta.end_pos]
            )
        return self.build(inner, name)

    def _unequal(self, tree: Tree[Token], field: str) -> Node:
        return Not(self.build(_tree(tree, 1), field), wanted=self.text[tree.meta.start_pos : tree.meta.end_pos])


def _languages_joined(options: list[Node]) -> list[Node]:
    """``speaks:en OR speaks:de`` is one who speaks both, to whom a posting that asks for both is open."""
    first, *others = [at for at, option in enumerate(options) if isinstance(option, Is) and option.kind == "speaks"] or [-1]
    if not others:
        return options
    whole = spoken.joined([options[at] for at in (first, *others)])
    return [whole if at == first else option for at, option in enumerate(options) if at not in others]


def _whole_amount(before: Tree[Token] | Token, word: object) -> None:
    """``salary:150k CAD`` would quietly look for the word CAD: refuse it."""
    parts = [str(part) for part in getattr(before, "children", ())] if getattr(before, "data", "") == "field" else []
    if parts and query_fields.is_pay(parts[0]) and re.fullmatch(r"[A-Za-z]{3}(?:/\w+)?|[€$£¥]", str(word)):
        column = getattr(word, "column", None) or 1
        raise QueryError(
            column, f'{str(word)!r} stands apart; put the whole amount into quotation marks, such as salary:"150k CAD"'
        )


def _tree(tree: Tree[Token], at: int) -> Tree[Token]:
    return tree.children[at]  # type: ignore[return-value]


__all__ = ["QueryError", "entry", "from_query", "looks_like_one", "parse"]
