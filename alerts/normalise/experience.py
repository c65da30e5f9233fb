"""Experience: the least years that are asked for, never the company's age."""

from __future__ import annotations

import re

_WORDED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "zwei": 2, "drei": 3, "vier": 4,
           "fünf": 5, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "twee": 2, "drie": 3, "vijf": 5,
           "dois": 2, "três": 3, "två": 2, "tre": 3, "fem": 5, "ein": 1, "einem": 1, "un": 1, "een": 1, "uma": 1}  # fmt: skip
_COUNT = r"\d{1,2}(?:[.,]5)?|" + "|".join(sorted(_WORDED, key=len, reverse=True))
_UNIT = r"years?|yrs?\b|yoe\b|jahren?|jahre|ans\b|années?|años?|jaar|jaren|anos?\b|anni\b|lat\b|lata\b|års?\b|vuoden|vuotta|roky|let\b|ani\b|év\b|yıl|года?|лет"
_YEARS = re.compile(
    rf"(?<![\w.,$€£/-])(?P<low>{_COUNT})(?:\s*\(\d+\))?\s*\+?(?:\s*(?:-|–|—|to|or|bis|à|a|tot|do|till|til)\s*(?P<high>{_COUNT})\s*\+?)?\s*(?:\(\d+\)\s*)?"
    rf"(?:or more |oder mehr |ou plus |o más )?(?:full |volle |solid |plus )?(?P<unit>{_UNIT})(?![\w])"
    r"|(?P<cjk>\d{1,2})(?:\s*[-~～至到]\s*\d{1,2})?\s*年(?:以上|及以上)?"
)
_FIGURE = re.compile(rf"(?<!\w)(?:{_COUNT})(?!\w)|\d")
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
)
#: Words that make years an experience asked for; in the same sentence.
_ASKED = re.compile(
    r"expect|looking for|experience|\bexp\b|background|track record|working (?:as|in|with|on)|worked|hands[- ]on|in (?:a|an) (?:similar|comparable|related|leadership|management)|building|developing|"
    r"managing|leading|programming|engineering|selling|sales\b|erfahrung|berufserfahr|praxis|expérience|experiencia|ervaring|experiência|esperienza|doświadczeni|erfarenhet|erfaring|"
    r"kokemus|zkušenost|experiență|tapasztalat|tecrübe|deneyim|опыт|经验|経験|工作年限|minimum|at least|mindestens|au moins|al menos|minimaal|required|requires"
)
#: Words that make them something else: the company's age, a person's age, a term, the past.
_OTHER = re.compile(
    r"years? (?:of )?(?:age|old\b)|years? ago|year[- ]old|\bfounded\b|\bsince (?:19|20)\d\d|\bestablished\b|in business|history|heritage|anniversary|warranty|(?:last|past|next|first|previous|coming) \W?(?:\d|two|three|four|five|few|ten)|"
    r"\bin (?:just |only |under |less than )?$|\bwithin$|our (?:\w+ ){0,3}$|we(?:'ve| have)? (?:been|spent|grown|helped|built|served)|for (?:more than|over|nearly|almost|the)\W*$|over the$|has been|have been|"
    r"\bgrowth|market leader|contract\b|fixed[- ]term|visa|vesting|vest\b|cliff|guarantee|limited to|maximum|per year|a year|leave|sabbatical|retire|lease|jahre alt|jahrgang|seit über|seit mehr als|vor über|"
    r"ans d['’](?:existence|histoire)|depuis (?:plus de)?|desde hace|años de (?:edad|historia|trayectoria en)|sinds|al meer dan|combined|collective|company\b"
)
_OFTEN_OURS = re.compile(
    r"^\W*(?:with |for |mit |avec |con )?(?:over|more than|nearly|almost|über|mehr als|plus de|más de|meer dan)\W*$|\bteam (?:has|with|brings)|\bcompany|\bwe\b|\bour\b|founders?"
)
_PREFERRED = re.compile(
    r"prefer|nice to have|ideal|bonus|\bplus\b(?! years)|advantage|desir|von vorteil|wünschenswert|un atout|valorable|deseable|se valora|pré|meriterande|opcjonal|mile widzian"
)
_ALTERNATIVE = re.compile(r"\bor\b|\boder\b|\bou\b|\bo\b|\bof\b|；|;")
_SENTENCE = re.compile(r"\n|(?<=[a-zß-ÿ)]{2})[.!?;](?:\s|$)|。")
_MOST = 25.0


def least_years(text: str) -> tuple[float, str] | None:
    """``(years, the sentence)`` of the main requirement; None where the text does not say.

    Ranges count by their lower end, alternatives of one sentence by the least of them, and of several sentences the one that
    asks most counts, wishes ("preferred") left aside where there are demands.
    """
    low = text[:60_000].lower()
    demands: list[tuple[float, str]] = []
    wishes: list[tuple[float, str]] = []
    for start, end in _sentences(low):
        sentence = low[start:end]
        asked = [years for hit in _YEARS.finditer(sentence) if (years := _asked(sentence, hit)) is not None]
        if asked:
            years = min(asked) if len(asked) > 1 and _ALTERNATIVE.search(sentence) else max(asked)
            (wishes if _PREFERRED.search(sentence) else demands).append((years, text[start:end].strip(" \n-")[:240]))
    best = max(demands or wishes, key=lambda item: item[0], default=None)
    return best if best and best[1] else None


def _sentences(low: str) -> list[tuple[int, int]]:
    """Where the sentences are in which a year stands behind a figure."""
    found: set[tuple[int, int]] = set()
    for stem in _STEMS:
        place = low.find(stem)
        while place >= 0:
            end = place + 1
            if _FIGURE.search(low, max(0, place - 24), place):
                start, end = _bounds(low, place)
                found.add((start, end))
            place = low.find(stem, max(end, place + 1))
    return sorted(found)


def _bounds(low: str, place: int) -> tuple[int, int]:
    begin = start = max(0, place - 200)
    for end in _SENTENCE.finditer(low, begin, place):
        start = end.end()
    stop = _SENTENCE.search(low, place, min(len(low), place + 250))
    return start, stop.start() if stop else min(len(low), place + 250)


def _asked(sentence: str, hit: re.Match[str]) -> float | None:
    """The years of one mention where it is an experience asked for."""
    years = _count(hit["low"] or hit["cjk"])
    if not 0 < years <= _MOST:
        return None
    before, behind = sentence[: hit.start()], sentence[hit.end() :]
    around = before[-50:] + hit[0] + behind[:45]
    cue = hit["unit"] == "yoe" or _ASKED.search(behind[:90]) or _ASKED.search(before[-70:])
    if not cue:
        return None
    if (
        _OTHER.search(before[-28:])
        or _OTHER.search(hit[0] + behind[:28])
        or (_OFTEN_OURS.search(before[-45:]) and not _must(around))
    ):
        return None
    return years


def _must(around: str) -> bool:
    return bool(re.search(r"you\b|minimum|at least|require|expect|yoe|expect|look|\+|mindestens|candidate|looking for", around))


def _count(word: str) -> float:
    return float(_WORDED[word]) if word in _WORDED else float(word.replace(",", "."))
