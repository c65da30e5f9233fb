"""Experience: the least years that are asked for, never the company's age."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from alerts.model.posting import Evidence
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped
from alerts.normalise.cues import Cues
from alerts.normalise.lowered import lowered, narrow

_STEMS = (
    "year",
    "yr",
    "yoe",
    "jahr",
    " ans",
    "année",
    "año",
    "jaar",
    "jaren",
    " ano",
    " anni",
    " lat",
    " år",
    " vuo",
    "年",
    " лет",
    " год",
    " roky",
    " let",
    " ani",
    " év",
    " yıl",
    "jährig",
    "jarig",
    "letni",
    "årig",
    "летн",
    "년",
    " năm",
    " tahun",
    " سن",
    "ปี",
    "वर्ष",
    "month",
    " monat",
    " mois",
    " mes",
    " maand",
    " miesi",
    " mån",
    " месяц",
    "个月",
    "月",
    "개월",
)
_CLAUSE = re.compile(r"[,;]|\bbut\b|\bor\b(?= prefer)")
#: "Bachelor's and 5 years, or Master's and 3": the degree makes them alternatives; "or a related field" alone does not.
_ALTERNATIVE = re.compile(
    r"(?=.*(?:degree|bachelor|master|ph\.?d|diplom|studium|licen|\bhbo|\bwo\b)).*(?:\bor\b|\boder\b|\bou\b|\bo\b|\bof\b|；|;)",
    re.S,
)
_MUST = re.compile(r"you\b|minimum|at least|requir|expect|yoe|looking for|candidate|mindestens")
_SENTENCE = re.compile(r"[\n。]|[.!?;](?<=[a-zß-ÿ)]{2}.)(?:\s|$)")
_MOST = 25.0
#: "2-5", "lt-1", "10+ years", "36 months", "3 An(s)".
_FIELD = re.compile(
    r"(?P<less>lt|<|up to|bis(?: zu)?|max\.?|less than)?(?:gt|ht|>=?|min\.?|ab|from|at least)?[\s-]*(?P<low>\d{1,3}(?:[.,]\d)?)"
    r"\s*\+?(?:\s*(?:-|–|to|bis|à|a)\s*\d{1,2})?\s*\+?\s*(?P<unit>[^\W\d]*(?:\([^\W\d]+\))?)\.?"
)


@cache
def _data() -> dict[str, Any]:
    return tables.toml("experience_words.toml")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(grouped([_data()["pattern"][name]]))


def _count_pattern() -> str:
    return r"\d{1,2}(?:[.,]5)?|" + grouped(sorted(_data()["numbers"], key=len, reverse=True))


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_count_pattern()})(?!\w)|\d")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{grouped([_data()['pattern']['unit'], _data()['pattern']['months']])})(?!\w)|[年년ปี]|वर्ष")


@cache
def _years() -> re.Pattern[str]:
    count, unit = _count_pattern(), f"{_data()['pattern']['unit']}|(?P<months>{_data()['pattern']['months']})"
    return re.compile(
        rf"(?<![\w.,$€£/-])(?P<low>{count})(?:\s*\(\d+(?:\s?[-–]\s?\d+)?\+?\))?\s*\+?(?:\s*(?:-|–|—|to|or|bis|à|a|tot|do|till|til)\s*(?P<high>{count})\s*\+?)?\s*(?:\(\d+\)\s*)?"
        rf"(?:or more |oder mehr |ou plus |o más )?(?:full |volle |solid |plus )?"
        rf"(?:-(?=jähr|jar|letni|årig|летн))?(?P<unit>{unit})(?![\w])"
        r"|(?P<cjk>\d{1,2})(?:\s*[-~～至到]\s*\d{1,2})?\s*[年년](?:以上|及以上)?"
    )


def read(stated: str | None, text: str) -> tuple[float | None, Evidence | None]:
    """The years: from the source's own field, else from the text."""
    if stated and (years := from_stated(stated)) is not None:
        return years, Evidence("stated", stated[:240])
    found = least_years(text)
    return (found[0], Evidence("parsed", found[1])) if found else (None, None)


def from_stated(words: str) -> float | None:
    """The years of a field that speaks of nothing else: "36 months", "2-5", "lt-1", "3+ years"; None where it says none."""
    low = " ".join(words.lower().replace("(s)", "s").split())
    if _pattern("nothing").search(low):
        return 0.0
    if found := _FIELD.fullmatch(low):
        years = float(found["low"].replace(",", "."))
        years = round(years / 12, 2) if found["unit"] and _pattern("months").match(found["unit"]) else years
        return (0.0 if found["less"] else years) if years <= _MOST else None
    told = least_years(low) or least_years(f"experience: {low}")
    return told[0] if told else None


def least_years(text: str) -> tuple[float, str] | None:
    """``(years, the sentence)`` of the main requirement; None where the text does not say.

    Ranges count by their lower end, alternatives of one sentence by the least of them, and of several sentences the one that
    asks most counts, wishes ("preferred") left aside where there are demands.
    """
    low = lowered(text[:60_000])
    demands: list[tuple[float, str]] = []
    wishes: list[tuple[float, str]] = []
    for start, end in _sentences(low):
        sentence = low[start:end]
        asked = [(years, hit) for hit in _years().finditer(sentence) if (years := _asked(sentence, hit)) is not None]
        for years, wished in _mentions(sentence, asked):
            (wishes if wished else demands).append((years, text[start:end].strip(" \n-")[:240]))
    best = max(demands or wishes, key=lambda item: item[0], default=None)
    return best if best and best[1] else None


def _mentions(sentence: str, asked: list[tuple[float, re.Match[str]]]) -> list[tuple[float, bool]]:
    """What the mentions of one sentence ask for, and whether each is a mere wish."""
    if not asked:
        return []
    wished = bool(_pattern("wish").search(sentence))
    clauses = [_clause(sentence, hit) for _, hit in asked]
    own = [bool(_pattern("wish").search(clause)) for clause in clauses]
    if any(own) and not all(own):
        return [(years, wish) for (years, _), wish in zip(asked, own, strict=True)]
    years = [years for years, _ in asked]
    least = len(years) > 1 and _ALTERNATIVE.search(sentence)
    return [(min(years) if least else max(years), wished)]


def _clause(sentence: str, hit: re.Match[str]) -> str:
    """The words between the commas round a mention."""
    start = max((cut.end() for cut in _CLAUSE.finditer(sentence, 0, hit.start())), default=0)
    stop = _CLAUSE.search(sentence, hit.end())
    return sentence[start : stop.start() if stop else len(sentence)]


def _sentences(low: str) -> list[tuple[int, int]]:
    """Where the sentences are in which a year stands behind a figure."""
    found: set[tuple[int, int]] = set()
    for places in _CUES.places(narrow(low)).values():
        end = -1
        for place in places:
            # Of the sentence at hand nothing more is to be known.
            if place >= end and _unit().match(low, place) and _figure().search(low, max(0, place - 24), place):
                start, end = _bounds(low, place)
                found.add((start, end))
    return sorted(found)


_CUES = Cues(lambda: _STEMS)


def _bounds(low: str, place: int) -> tuple[int, int]:
    begin = start = max(0, place - 200)
    for end in _SENTENCE.finditer(low, begin, place):
        start = end.end()
    stop = _SENTENCE.search(low, place, min(len(low), place + 250))
    return start, stop.start() if stop else min(len(low), place + 250)


def _asked(sentence: str, hit: re.Match[str]) -> float | None:
    """The years of one mention where it is an experience asked for."""
    years = _count(hit["low"] or hit["cjk"])
    before, behind = sentence[: hit.start()], sentence[hit.end() :]
    if hit["months"]:
        years = round(years / 12, 2)
        if not _pattern("experience").search(behind[:25]) and not _pattern("experience").search(before[-28:]):
            return None
    if not 0 <= years <= _MOST:
        return None
    least = 0.0 if _pattern("upto").search(before) or _pattern("within").search(behind) else years
    around = before[-50:] + hit[0] + behind[:45]
    cue = hit["unit"] == "yoe" or _pattern("asked").search(behind[:90]) or _pattern("asked").search(before[-70:])
    if not cue:
        return None
    if (
        _pattern("other").search(before[-28:])
        or _pattern("other").search(hit[0] + behind[:28])
        or (_pattern("ours").search(before[-45:]) and not _MUST.search(around))
    ):
        return None
    return least


def _count(word: str) -> float:
    return float(_data()["numbers"][word]) if word in _data()["numbers"] else float(word.replace(",", "."))
