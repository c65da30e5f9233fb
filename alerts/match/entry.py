"""An entry as the user wrote it → what the text must say: words, "phrases", prefixes*, field: marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.match import naming, related, says, words
from alerts.match.aliases import Aliases
from alerts.match.says import Either, Expression, Phrase, Term, Together

_MARK = re.compile(r"\s*(title|company|text|tags?)\s*:\s*(?=\S)", re.IGNORECASE)
_FIGURE = re.compile(r"([a-z]{2,})(\d+)")
_PIECE = re.compile(r'"([^"]*)"|“([^”]*)”|([^\s"“]+)')


class BadEntry(ValueError):
    """An entry that can find nothing; ``str()`` says what is expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields where an entry looks, and what must stand there."""

    fields: tuple[str, ...]
    expression: Expression


def parse(
    text: str, *, fields: tuple[str, ...] = says.ANY, aliases: Aliases | None = None, slop: int | None = says.LOOSE
) -> Entry:
    """Read one entry of ``title``, ``keywords`` …; raises BadEntry when no word is in it."""
    if mark := _MARK.match(text):
        fields = ("tags" if mark.group(1).lower().startswith("tag") else mark.group(1).lower(),)
        text = text[mark.end() :]
    if text.count('"') % 2:
        raise BadEntry(f"the quotation mark in {text!r} is not closed")
    return Entry(fields, expression(text, aliases=aliases, slop=slop))


def expression(text: str, *, aliases: Aliases | None = None, slop: int | None = says.LOOSE) -> Expression:
    """What a text must say to satisfy these words (no field mark)."""
    parts: list[Expression] = []
    for match in _PIECE.finditer(text):
        quoted = match.group(1) if match.group(1) is not None else match.group(2)
        found = _phrase(quoted) if quoted is not None else _word(match.group(3))
        parts.extend(_named(part, match, text) for part in found)
    if not parts:
        raise BadEntry(f'there is no word in {text!r}; write a word, a "phrase" or a prefix*')
    whole = _expression(parts, aliases, slop)
    spelled = _figure_apart(parts)
    return Either((whole, spelled)) if spelled else whole


def _expression(parts: list[Expression], aliases: Aliases | None, slop: int | None) -> Expression:
    known = aliases.widen(parts) if aliases else parts
    wide = [related.widen(part) for part in known]
    if len(wide) == 1:
        return wide[0]
    return related.together(parts, wide, slop) if len(known) == len(parts) else Together(tuple(wide), slop)


def _figure_apart(parts: list[Expression]) -> Expression | None:
    """The other spelling of a name and its figure: ``ISO 9001`` and ``ISO9001``, ``Office365`` and ``Office 365``."""
    plain = [part.word for part in parts if isinstance(part, Term) and part.kind == "form"]
    if len(plain) != len(parts):
        return None
    if len(plain) == 2 and plain[0].isalpha() and plain[1].isdecimal():
        return Term("".join(plain), "exact")
    if len(plain) == 1 and (found := _FIGURE.fullmatch(plain[0])):
        return Phrase(tuple(Term(part, "exact") for part in found.groups()))
    return None


def _named(part: Expression, piece: re.Match[str], text: str) -> Expression:
    """A word that is also a name is meant as one: alone if so written, among others where these do not speak against it."""
    if not isinstance(part, Term) or part.kind not in ("form", "exact") or (name := naming.of(part.word)) is None:
        return part
    written = piece.group().strip('"“” ')
    if part.kind == "exact" or written == text.strip('"“” '):
        meant = naming.meant(part.word, written) if part.kind == "form" else any(sign.isupper() for sign in written)
    else:
        meant = name.always and name.kind != "trade" and not naming.refused(part.word, text, *piece.span())
    return Term(part.word, "name") if meant else part


def _phrase(quoted: str) -> list[Expression]:
    """The exact phrase; a star at its end makes the last word a prefix."""
    star = quoted.rstrip().endswith("*")
    readings = words.readings(quoted.rstrip().rstrip("*"))
    if not readings:
        return []
    parts: list[Expression] = [_term(reading, "exact") for reading in readings]
    if star:
        parts[-1] = Term(readings[-1][0], "prefix")
    return [parts[0]] if len(parts) == 1 else [Phrase(tuple(parts))]


def _word(piece: str) -> list[Expression]:
    """One piece between spaces: a word, a prefix*, or a compound such as full-stack."""
    if piece.endswith("*"):
        readings = words.readings(piece.rstrip("*"))
        if not readings:
            return []
        *head, last = (reading[0] for reading in readings)
        parts: list[Expression] = [*(Term(word) for word in head), Term(last, "prefix")]
        return parts if len(parts) == 1 else [Phrase(tuple(parts))]
    readings = words.readings(piece)
    if len(readings) < 2:
        return [_term(reading) for reading in readings]
    compound = Phrase(tuple(_term(reading) if at else Term(reading[0]) for at, reading in enumerate(readings)))
    joined = [
        word for word in readings[0][1:] if len(word) > len(readings[0][0]) and "-" in piece.replace("‐", "-").replace("‑", "-")
    ]
    return [Either((compound, *(Term(word) for word in joined[-1:])))] if joined else [compound]


def _term(reading: tuple[str, ...], kind: says.Kind = "form") -> Expression:
    """The word, and its other spelling where it has an umlaut (``ä`` is ``a`` as well as ``ae``)."""
    if len(reading) == 1 or "." in reading[0]:
        return Term(reading[0], kind)
    return Either(tuple(Term(word, kind) for word in reading))
