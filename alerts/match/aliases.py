"""Aliases of the trade (``k8s`` is kubernetes), a data file that the user extends or switches off."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache, lru_cache
from importlib.resources import files

from alerts.match import naming, words
from alerts.match.says import Either, Expression, Phrase, Term

#: The words of one spelling.
Spelling = tuple[str, ...]


class Aliases:
    """Spelling → the other spellings that mean it."""

    def __init__(self, groups: Iterable[Sequence[str]], one_way: Mapping[str, Sequence[str]] | None = None) -> None:
        self._others: dict[Spelling, dict[Spelling, None]] = {}
        for group in groups:
            spellings = [spelling for name in group if (spelling := _spelling(name))]
            for spelling in spellings:
                self._add(spelling, spellings)
        for name, meanings in (one_way or {}).items():
            self._add(_spelling(name), [_spelling(meaning) for meaning in meanings])
        self._longest = max(map(len, self._others), default=0)

    def _add(self, spelling: Spelling, others: Iterable[Spelling]) -> None:
        if spelling:
            known = self._others.setdefault(spelling, {})
            known.update((other, None) for other in others if other and other != spelling)

    def forget(self, name: str) -> None:
        """Switch one spelling off, in both directions."""
        gone = _spelling(name)
        self._others.pop(gone, None)
        for known in self._others.values():
            known.pop(gone, None)

    def extend(self, name: str, others: Sequence[str]) -> None:
        """Let these spellings mean the same, beside what is known of them."""
        spellings = [spelling for word in (name, *others) if (spelling := _spelling(word))]
        for spelling in spellings:
            self._add(spelling, spellings)
        self._longest = max(map(len, self._others), default=0)

    def others(self, spelling: Spelling) -> tuple[Spelling, ...]:
        """What else means this."""
        return tuple(self._others.get(spelling, ()))

    def widen(self, parts: list[Expression]) -> list[Expression]:
        """Replace each known spelling among the parts by a choice of all that mean it, the longest first."""
        wide: list[Expression] = []
        at = 0
        while at < len(parts):
            size = next((n for n in range(min(self._longest, len(parts) - at), 0, -1) if self._known(parts[at : at + n])), 0)
            if size:
                wide.append(self._choice(parts[at : at + size]))
            else:
                wide.append(parts[at])
            at += size or 1
        return wide

    def _known(self, parts: Sequence[Expression]) -> bool:
        return bool(self._others.get(_words(parts)))

    def _choice(self, parts: Sequence[Expression]) -> Expression:
        from alerts.match.says import Together

        own: Expression = parts[0] if len(parts) == 1 else Together(tuple(parts))
        options = own.parts if isinstance(own, Either) else (own,)
        for other in self.others(_words(parts)):
            terms = tuple(Term(word) for word in other)
            options = (*options, _single(terms[0]) if len(terms) == 1 else Phrase(terms))
        return Either(tuple(dict.fromkeys(options)))


def _single(term: Term) -> Term:
    """A word that is also a name (``golang``: *Go*) is looked for as one, but for mere letters (AI, HR)."""
    name = naming.of(term.word)
    return Term(term.word, "name") if name and (name.pronoun or name.kind not in ("capitals", "trade")) else term


def _words(parts: Sequence[Expression]) -> Spelling:
    """The plain words of the parts; () where one of them is more than a word."""
    found: list[str] = []
    for part in parts:
        inner = part.parts[0] if isinstance(part, Either) else part
        pieces = inner.parts if isinstance(inner, Phrase) else (inner,)
        for piece in pieces:
            if not isinstance(piece, Term) or piece.kind not in ("form", "name"):
                return ()
            found.append(piece.word)
    return tuple(found)


def _spelling(name: str) -> Spelling:
    return tuple(reading[0] for reading in words.readings(name))


@cache
def shipped() -> Aliases:
    """The aliases that come with the program."""
    return _load()


def _load() -> Aliases:
    folder = files("alerts.match").joinpath("data")
    table = tomllib.loads(folder.joinpath("aliases.toml").read_text("utf-8"))
    solid = [line.split("\t") for line in folder.joinpath("compounds.tsv").read_text("utf-8").splitlines() if line]
    return Aliases([*table["same"], *solid], table["stands_for"])


def extended(extra: Mapping[str, object]) -> Aliases:
    """The shipped ones with the user's: ``{word = ["other", …]}`` adds, ``{word = false}`` or an empty list switches off."""
    global _latest
    if not extra:
        return shipped()
    if extra != _latest[0]:
        _latest = deepcopy(dict(extra)), _extended(tuple((name, _others(others)) for name, others in extra.items()))
    return _latest[1]


def is_word(name: str) -> bool:
    """Is there a word in it that a posting could say?"""
    return bool(_spelling(name))


def _others(others: object) -> tuple[str, ...]:
    if isinstance(others, str):
        return (others,)
    return tuple(map(str, others)) if isinstance(others, (list, tuple)) else ()


@lru_cache(maxsize=8)
def _extended(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> Aliases:
    aliases = _load()
    for name, others in extra:
        if others:
            aliases.extend(name, others)
        else:
            aliases.forget(name)
    return aliases


#: What was asked last: all searches of a configuration ask with the same table, and to compare it costs least.
_latest: tuple[dict[str, object], Aliases] = {}, Aliases(())
