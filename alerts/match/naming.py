"""Is a word in a text the name that is searched for? ``Go`` in *backend in Go*, not in *go far* or *Go-to-market*.

A short entry that is also an English word means its capitals, and what stands around it (``data/names.toml``). Lists of names on
either side say yes to any spelling (``python, go, rust``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from alerts.match.words import fold

#: Letters before and behind a word that are looked at.
_REACH = 60
_TOKEN = re.compile(r"\.?[^\W_][\w.+#'’-]*[\w+#]|[^\W_]|[^\w\s]|\n")
#: A version behind a name: ``Go 1.22``.
_RELEASE = re.compile(r"\d+(?:\.\d+)+\+?")
_PART = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?:|www\.|@)\S*$")
#: Signs and words that part the names of a list.
_PARTS = frozenset(
    [",", "/", ";", "|", "&", "+", "、", "(", "[", ")", "]", "and", "or", "und", "oder", "et", "ou", "y", "o", "lub", "och", "og"]
)
#: What a name stands between when it stands alone: ``Engineer (Go)``, ``Engineer, C``.
_OPEN, _CLOSE = frozenset(["(", ",", "/", "|", "–", "—", "-", ":", "[", "•", "\n"]), frozenset([")", "]", "/", "|", "\n", ","])
_ENDS = frozenset([".", "!", "?", "\n", "•", "|", ":", "·", "–", "-", "*", "●"])

Kind = Literal["capitals", "name", "short", "word", "trade"]


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is also a name, with what says which."""

    kind: Kind
    always: bool
    pronoun: bool
    before: frozenset[str]
    after: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as it stands, and the words and signs around it, the nearest first."""

    form: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def of(word: str) -> Name | None:
    """What is known of a folded word that is also a name."""
    return _names().get(word)


def meant(word: str, written: str) -> bool:
    """Does an entry that consists of this word mean the name?"""
    name = of(word)
    return name is not None and (name.always or any(sign.isupper() for sign in written))


def is_name(word: str, text: str, start: int, end: int) -> bool:
    """Is the word, which stands somewhere in this stretch of the text, the name there?"""
    name, place = of(word), _place(word, text, start, end)
    if name is None or place is None:
        return name is None
    start, end = place
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _ADDRESS.search(before):
        return False
    seen = _Seen(text[start:end], _tokens(before)[::-1], _tokens(after))
    glued = _glued(name, seen.form, before, after)
    return _judged(name, seen, before, after) if glued is None else glued


def refused(word: str, text: str, start: int, end: int) -> bool:
    """Do the words around it make another of it? (so that an entry such as ``go to market`` keeps its plain words)"""
    name = of(word)
    seen = _Seen(text[start:end], _tokens(text[:start])[::-1], _tokens(text[end:]))
    return name is None or _glued(name, seen.form, text[:start], text[end:]) is False or _denied(name, seen)


def _place(word: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the word itself stands in what was read as one (``Go-live``, ``Node.js``, ``NodeJS``, ``U.S.``)."""
    raw = text[start:end]
    for part in _PART.finditer(raw):
        if fold(part.group()) == word:
            return start + part.start(), start + part.end()
    if fold(raw) == f"{word}js":
        return start, end - len("js")
    return (start, end) if fold(raw.replace(".", "")) == word else None


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


def _glued(name: Name, form: str, before: str, after: str) -> bool | None:
    """What a sign that touches the word says; None where none does."""
    if after[:1] in ("'", "’") and after[1:2].isalpha():
        return None if name.kind in ("name", "trade") else name.kind == "capitals" and form.isupper()
    if after[:1].isdigit():
        return name.kind == "name" or not form.islower()
    if re.match(r"\.[a-z]", after, re.IGNORECASE):
        return after[1:3].lower() in ("js", "ne", "io") or name.kind == "capitals"
    if name.kind == "short" and (re.match(r"\s?&\s?\w\b", after) or re.search(r"\b\w\s?&\s?$", before)):
        return False
    if name.kind == "short" and (re.match(r"/\w{1,2}(?![\w+#])", after) or re.search(r"(?<![\w+#])\w{1,2}/$", before)):
        near = re.findall(r"[\w+#]+", after[:3] if after[:1] == "/" else before[-3:])
        return fold(near[0]) in _around().list if near else None
    if (hyphen := re.match(r"[-‐‑](\w+)", after)) or re.search(r"\w[-‐‑]$", before):
        if name.kind in ("capitals", "trade"):
            return form.isupper() or name.kind == "trade"
        said = fold(hyphen.group(1)) if hyphen else ""
        return (said in _around().after or said in name.after) and said not in name.not_after
    return None


def _judged(name: Name, seen: _Seen, before: str, after: str) -> bool:
    if (_listed(seen.before) or _listed(seen.after)) and not _one_of(name.not_after, seen.after):
        return name.kind in ("short", "name") or not seen.form.islower()
    denied = _denied(name, seen)
    if name.kind == "trade" or denied:
        return not denied or (name.kind == "trade" and _one_of(name.after, seen.after))
    said = _said(name, seen)
    if name.kind == "capitals":
        return seen.form.replace(".", "").isupper() and (bool(said) or not name.pronoun or not _shouted(before, after))
    if said == "after" and not seen.form.islower():
        return True
    if said == "after" and name.kind in ("short", "name"):
        return seen.after[0].lower() in _around().after
    if seen.form.islower():
        return False
    versioned = name.kind in ("short", "name") and bool(seen.after) and bool(_RELEASE.fullmatch(seen.after[0]))
    return versioned or _capital(name, seen, said)


def _capital(name: Name, seen: _Seen, said: str) -> bool:
    """Of a word with a capital: does its place say that it is the name?"""
    first, follows = not seen.before or seen.before[0] in _ENDS, seen.after[:1]
    if name.kind == "word":
        return said == "strong"
    if name.kind == "name":
        return not first or bool(said) or not follows or not follows[0][:1].islower()
    if said == "strong" or (said == "weak" and not _titled(seen)):
        return True
    if follows and not follows[0].isascii() and follows[0].isalpha() and follows[0].lower() == follows[0].upper():
        return True  # Chinese, Japanese or Korean goes on
    alone = (not seen.before or seen.before[0] in _OPEN) and (not follows or follows[0] in _CLOSE or follows[0] == ".")
    inside = not first and seen.before[0].isalpha() and seen.before[0].islower() and not (follows and follows[0][:1].isupper())
    return (alone and bool(seen.before)) or inside


def _titled(seen: _Seen) -> bool:
    """Is it among words that begin with capitals?"""
    return bool(seen.after) and seen.after[0][:1].isupper() and seen.after[0].lower() not in _around().after


def _denied(name: Name, seen: _Seen) -> bool:
    return _one_of(name.not_before, seen.before, back=True) or _one_of(name.not_after, seen.after)


def _said(name: Name, seen: _Seen) -> str:
    """after | strong | weak: what the words around it say; "" for nothing."""
    if _one_of(name.after, seen.after) or _one_of(_around().after, seen.after):
        return "after"
    if _one_of(name.before, seen.before, back=True) or _one_of(_around().before - _around().weak, seen.before, back=True):
        return "strong"
    return "weak" if _one_of(_around().weak, seen.before, back=True) else ""


def _one_of(wanted: frozenset[str], tokens: tuple[str, ...], *, back: bool = False) -> bool:
    """Does one of the entries (a word, two words, the beginning of one: ``20*``) stand there?"""
    if not tokens or not wanted:
        return False
    near = [fold(token) for token in tokens[:2]]
    first = near[0]
    pair = " ".join(near[::-1] if back else near)
    return first in wanted or pair in wanted or f"{first[:2]}*" in wanted or f"{first[:1]}*" in wanted


def _listed(tokens: tuple[str, ...]) -> bool:
    """Is the next word beyond signs of a list a name of that kind?"""
    for at, token in enumerate(tokens[:4]):
        if token.lower() not in _PARTS:
            return at > 0 and fold(token.strip(".")) in _around().list
    return False


def _shouted(before: str, after: str) -> bool:
    """Is the line all in capitals?"""
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return len(re.findall(r"[A-Z]{2,}", line)) > 1 and not re.search(r"[a-z]", line)


@dataclass(frozen=True, slots=True)
class _Around:
    before: frozenset[str]
    weak: frozenset[str]
    after: frozenset[str]
    list: frozenset[str]


@cache
def _around() -> _Around:
    said = _table()["around"]
    return _Around(*(frozenset(said[key]) for key in ("before", "weak", "after", "list")))


@cache
def _names() -> dict[str, Name]:
    names = {word: _name(said) for word, said in _table()["names"].items()}
    return names | {f"{word}s": name for word, name in names.items() if name.kind == "trade"}


def _name(said: dict[str, Any]) -> Name:
    sets = (frozenset(said.get(key, ())) for key in ("before", "after", "not_before", "not_after"))
    return Name(said["kind"], said.get("always", False), said.get("pronoun", False), *sets)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(files("alerts.match").joinpath("data/names.toml").read_text("utf-8"))
