"""How high a job stands: intern … executive, from its title or the source's own word.

*Manager* means leading people: product, project, account, customer success … managers are trades, so they carry no level
unless another word does (``Senior Product Manager`` is senior). Head of → director; chief → executive.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alerts.model.posting import Evidence
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped

#: From here on Unicode has the scripts that are written without spaces.
_SIGNS = "\u2e80"
#: Steps of one ladder, which a comma or a dash may put beside each other ("Junior - Senior").
_LADDER = frozenset(("junior", "mid", "senior", "staff", "principal", "lead"))
_EITHER = re.compile(
    r"(?:[^,:;|–— -]|(?<! )-| (?!- ))*(?:/|\b(?:or|oder|ou|lub|eller|oppure)\b| [oóu] )(?:[^,:;|–— -]|(?<! )-| (?!- ))*"
)
_STEP = re.compile(r"[\s.)]*(?:[,&+–—-]|to|of|bis|and|und|et|y|e|en|och|og|i|till|til|do|a|à|al|tot|through)[\s(]*")
#: "(m/w/d)" puts nothing beside anything.
_GENDER = re.compile(r"\(?\b[a-z](?:\s?[/|]\s?[a-z]){1,3}\b\)?")
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_TRADE = (
    r"engineers?|developers?|sde|swe|sdet|analysts?|scientists?|designers?|technicians?|specialists?|consultants?|architects?|\
administrators?|programmers?|representatives?|coordinators?|accountants?|associates?|assistants?|operators?|researchers?|mechanics?|\
nurses?|clerks?|inspectors?|auditors?|planners?|buyers?|recruiters?|underwriters?|paralegals?|machinists?|testers?|writers?|\
development|software|engineering|level|lvl"
)


def from_title(title: str) -> tuple[str, str] | None:
    """The first level that a title says, and the words that say it; None where it says none."""
    found = _from_title(title[:400])
    return found[0] if found else None


def read(stated: tuple[str, ...], title: str) -> tuple[tuple[str, ...], Evidence | None]:
    """The levels: from the title where it says one, else from the source's own fields."""
    if found := _from_title(title[:400]):
        return _distinct(found), Evidence("parsed", " / ".join(dict.fromkeys(words for _, words in found)))
    said = tuple((level, word) for word in stated if (level := from_stated(word)))
    return _distinct(said), Evidence("stated", "; ".join(dict.fromkeys(word for _, word in said))) if said else None


def from_stated(word: str) -> str | None:
    """The level behind a source's own word (``mid_level``, ``Mid-Senior level``)."""
    plain = re.sub(r"[\s_]+", " ", word).strip().lower()
    known: dict[str, str] = _table()["stated"]
    if plain in known:
        return known[plain] or None
    found = from_title(plain)
    return found[0] if found else None


def _distinct(found: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level for level, _ in found))


@lru_cache(maxsize=4096)
def _from_title(title: str) -> tuple[tuple[str, str], ...]:
    """Every level that is named, in the title's order, each with its words."""
    lower = title.lower()
    if len(lower) != len(title):
        title = lower
    masks, levels, signs, numeral = _patterns()
    plain = masks.sub(_masked, lower)
    hits = [hit for hit in levels.finditer(plain) if not _looks_like(hit)]
    hits += () if plain.isascii() else signs.finditer(plain)
    if hits:
        roles = _roles(plain, sorted(hits, key=re.Match.start))
        best = [min(role, key=lambda hit: _ranks().index(hit.lastgroup or "")) for role in roles]
        return tuple((hit.lastgroup or "", title[hit.start() : hit.end()].strip()) for hit in best)
    if hit := numeral.search(lower):
        words, steps = title[hit.start() : hit.end()].strip(), (hit["n"], hit["m"])
        return tuple((_table()["numerals"][_NUMERALS.get(step, step)], words) for step in steps if step)
    return ()


def _masked(hit: re.Match[str]) -> str:
    return "x" * len(hit[0])


def _looks_like(hit: re.Match[str]) -> bool:
    """Is it a word that only ends like a compound ("Begleiter")?"""
    return hit[0] not in _words() and any(part in hit[0] for part in _table()["compounds"]["not"])


def _roles(plain: str, hits: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The level words of a title, those of one role together: "Senior Manager / Director" has two roles."""
    roles = [hits[:1]]
    for hit in hits[1:]:
        before = roles[-1][-1]
        gap = _GENDER.sub("", plain[before.end() : hit.start()])
        steps = before.lastgroup in _LADDER and hit.lastgroup in _LADDER
        if (len(gap) < 45 and _EITHER.fullmatch(gap)) or (steps and _STEP.fullmatch(gap)):
            roles.append([hit])
        else:
            roles[-1].append(hit)
    return roles


@cache
def _table() -> dict[str, dict[str, str]]:
    return tables.toml("levels.toml")


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(entry["level"] for entry in _table()["levels"])  # type: ignore[index]


@cache
def _words() -> frozenset[str]:
    return frozenset(word for entry in _table()["levels"] for word in entry["words"])  # type: ignore[index]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What to take out, level words (a named group each), those of scripts without spaces, and numerals behind a trade."""
    others = rf"(?:{grouped(_table()['others'])})[^,(|/–\n]*"
    trades = [role for role in _table()["roles"] if role < _SIGNS]
    unspaced = "|".join(role for role in _table()["roles"] if role >= _SIGNS or role[:4] == "(?:产")
    masks = re.compile(rf"(?<!\w)(?:{others}|(?:{grouped(trades)})(?!\w))|{unspaced}")
    spaced, signs = [], []
    for entry in _table()["levels"]:
        level, words = entry["level"], sorted(entry["words"], key=len, reverse=True)  # type: ignore[index]
        before = [rf"{word}(?= [^\W\d])" for word in _table()["before"].get(level, ())]
        compounds = [rf"[^\W\d_]{{3,}}(?:{'|'.join(_table()['compounds'][level])})"] if level in _table()["compounds"] else []
        spaced.append(f"(?P<{level}>{grouped([*(re.escape(word) for word in words if word[0] < _SIGNS), *before, *compounds])})")
        if unjoined := [re.escape(word) for word in words if word[0] >= _SIGNS]:
            signs.append(f"(?P<{level}>{'|'.join(unjoined)})")
    numeral = (
        rf"(?<!\w)(?:{grouped([_TRADE])})(?:[\s,\-–(]+|[^,|–]{{1,16}}?[\s)]+(?=\w+\)?$))(?P<n>iii|ii|iv|i|[1-4])"
        r"(?:(?:\s?[/–-]\s?| (?:or|to|and) )(?P<m>iii|ii|iv|[2-4]))?(?![\w.+%/]|-\w)"
    )
    return masks, re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"), re.compile("|".join(signs)), re.compile(numeral)
