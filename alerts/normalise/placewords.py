"""A location field cut into stretches of words, each with what it may mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import fold
from alerts.normalise.placehints import towns
from alerts.normalise.placelookup import Element, look_up

#: Names that hold a separator; it is hidden while the text is cut.
_JOINED = (
    r"bosnia (?:and|&) herzegovina|trinidad (?:and|&) tobago|antigua and barbuda|(?:saint|st\.?) kitts and nevis|"
    r"s[ãa]o tom[ée] and pr[íi]ncipe|(?:saint|st\.?) vincent and the grenadines|turks and caicos(?: islands)?|"
    r"newfoundland (?:and|&) labrador|jammu (?:and|&) kashmir|tyne (?:and|&) wear|castilla y le[óo]n|castile and le[óo]n|"
    r"central (?:and|&) eastern europe|north (?:and|&) south america|europe,? (?:the )?middle east,? (?:and|&) africa|"
    r"dallas/fort worth|bengaluru ?/ ?bangalore|delhi ?/ ?ncr|frankfurt/main|asia/pacific|eu/eea|korea,? \(?republic of\)?|"
    r"bogot[áa],? d\.?\s?c\.?(?!\w)|washington,? d\.?\s?c\.?(?!\w)|ny, ny|brighton (?:and|&) hove|"
    r"andaman and nicobar(?: islands)?|taiwan, province of china|"
    r"ireland, republic of|halle \(saale\)|frankfurt \((?:main|oder)\)|scarborough, on\b|soho, london|d\.c\.|u\.s\.a?\.?|u\.k\."
)
#: Words of the work type stand between places and say nothing about where.
_WORK = (
    r"(?P<remote>(?:100\s?%\s?|fully[ -]|full[ -]|all[ -]|partial(?:ly)?[ -])?(?:remote(?:ly)?|télétravail|teletrabajo|"
    r"remoto|zdalnie|praca zdalna|"
    r"telecommut\w+|telework\w*|home[- ]?based|home[- ]?office|virtual|distributed|work(?:ing)?[ -](?:from|at)[ -]home|wfh)"
    r"(?:[ -](?:ok|first|work|job|position|eligible|friendly|possible|allowed|option(?:al)?|only|based))?)"
    r"|(?P<hybrid>hybrid(?:e|o|a)?)|(?P<onsite>on[- ]?site|in[- ](?:office|person)|présentiel|presencial|vor ort|线下|坐班)"
)
_CUT = (
    rf"(?<![\w-])(?:{_WORK})(?!\w)|(?P<cjk>远程办公|远程|遠端|リモート|재택|线下|坐班)"
    r"|(?P<strong>[;|\n•·●▪、，；。/&+]|\s(?:or|and|oder|und|ou|et|y|e|o|eller|lub)\s)"
    r"|(?P<weak>,|\s[-–—]+\s|\s[-–—]|[-–—]\s|[–—]|[()\[\]{}:~_→>\t\"*（）：]|\s{2,})"
)
_POSTCODE = (
    r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]?[ -]\d[A-Z]{2}\b|"
    r"\b[A-Z]{1,2}-?\d{4,6}(?:-\d+)?\b|\b\d{2,6}-\d{3,4}\b|\b\d{4,7}\b(?! \w+ (?i:st|ave|rd)\b)|\b\d{3} \d{2}\b"
)
_STREET = (
    r"\b\d{1,5}\s+(?:[\w.'’-]+\s+){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|way|court|ct|parkway|pkwy|highway|hwy|"
    r"plaza|square|loop|circle|suite|ste)\b\.?[^,;|]*|"
    r"\b[\w-]{1,30}(?:stra(?:ß|ss)e|str\.|weg|platz|allee)\s*\d+\w?|"
    r"\b(?:suite|ste|floor|fl|bldg|building|unit|room)\.?\s*#?\w*\d\w*"
)
_COUNT = (
    r"\+?\s?(?<!\d)\d{1,4}\s?(?:more|other|additional|weitere|autres|otras|altre)?\s*(?:locations?|cities|offices|sites|standorte|places|more)\b…?|\bmore…?$|…"
    r"|\b(?:multiple|various|several|available in one of)\s+(?:\d{1,4}\s)?(?:us |u\.s\. )?(?:locations?|cities|offices|sites)\b"
    r"|[+-]?\s?(?<!\d)\d{1,3}(?:/\d{1,3})?\s?(?:hours?|hrs?|h)\b|±\s?\d{1,4}"
)
#: ``USA.VA.Reston``
_DOTTED = re.compile(r"\b([A-Z]{2,3})\.([A-Z]{2})\.(?=[A-Z][a-z])")
#: Numbers of offices and buildings.
_LABEL = re.compile(r"[IVX#\d]{1,4}|[A-Z]*\d+\w*")
_WORDS = re.compile(r"\S+")
#: Within a longer part a county counts only if its name is longer.
_SHORT_COUNTY = 6


@cache
def _unspaced() -> re.Pattern[str]:
    """Signs of scripts that are written without spaces."""
    return re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Compiled on first use: these are large, and most commands read no place."""
    return re.compile(words, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """An element and what stands before it: "" (space), "," (weak) or the strong separator itself."""

    before: str
    element: Element
    #: Number of the stretch between strong separators.
    chunk: int


@lru_cache(maxsize=8192)
def items(text: str) -> tuple[Item, ...]:
    """Cut one location string; every part keeps what stood before it."""
    found: list[Item] = []
    chunk, before, at = 0, ";", 0
    plain = _plain(text)
    for match in _pattern(_CUT).finditer(plain):
        for element in elements(plain[at : match.start()]):
            found.append(Item(before, element, chunk))
            before = ""
        at = match.end()
        if match.group("strong"):
            before, chunk = match.group().strip().lower() or "\n", chunk + 1
            continue
        before = before if len(before) and before != "," else ","
        if not match.group("weak"):
            found.append(Item(before, Element(match.group(), work=_work(match)), chunk))
            before = ","
    found.extend(Item(before if n == 0 else "", element, chunk) for n, element in enumerate(elements(plain[at:])))
    return tuple(found)


def _work(match: re.Match[str]) -> str:
    if word := match.group("cjk"):
        return "onsite" if word in ("线下", "坐班") else "remote"
    return match.lastgroup if match.lastgroup in ("remote", "hybrid", "onsite") else "remote"


def _plain(text: str) -> str:
    """Counts, postcodes and streets taken out; separators inside names hidden."""
    plain = towns(unicodedata.normalize("NFC", text[:2000]).replace("\u00a0", " ").strip("[]"))
    plain = _pattern(_JOINED).sub(lambda match: re.sub(r"[\s,/&().]+", "\u2060", match.group()).strip("\u2060"), plain)
    plain = _DOTTED.sub(r"\1-\2-", plain)
    if any(sign.isdigit() for sign in plain) or "ocation" in plain or "…" in plain:
        plain = re.sub(_POSTCODE, " ", _pattern(_STREET).sub(" ", _pattern(_COUNT).sub(" ", plain)))
    return plain


@lru_cache(maxsize=16384)
def elements(part: str) -> tuple[Element, ...]:
    """The elements of one part (nothing but spaces and hyphens inside)."""
    part = part.replace("\u2060", " ").strip(" .'’*#!?-–—")
    if not part:
        return ()
    if whole := look_up(part):
        return (whole,)
    if not part.isascii() and _unspaced().search(part):
        return _from_signs(part)
    if "-" in part and len(pieces := part.split("-")) > 1:
        split = tuple(element for piece in pieces for element in elements(piece))
        if believed := _believed(split):
            return believed
    for bare in _without_noise(part):
        if whole := look_up(bare):
            return (whole,)
    if not (bare := _bare(part)):
        return ()
    if bare.lower().endswith(" county"):
        return (Element(bare),)
    return _scan(bare) or ((Element(bare),) if _name_like(bare) else ())


def _believed(split: tuple[Element, ...]) -> tuple[Element, ...]:
    """``US-CA-Heaters`` descends from country to place; ``Fleury-les-Aubrais`` is one name, of which no part counts."""
    if not split:
        return ()
    if all(element.known and (n == 0 or not element.code or element.text.isupper()) for n, element in enumerate(split)):
        towns = all(element.cities and not (element.regions or element.countries or element.zone) for element in split)
        return () if (towns and any(element.cities[0].people < 100_000 for element in split)) or _apart(split) else split
    if split[0].known and (split[0].countries or split[0].regions):
        return split if not any(element.text.islower() for element in split) else ()
    first = split[0]
    if not first.known or not first.cities or first.cities[0].people < 100_000:
        return ()
    return (first, *(element for element in split[1:] if element.code or element.countries))


def _apart(split: tuple[Element, ...]) -> bool:
    """``Loire-Atlantique``: a small town and a region of another country are one name of neither."""
    town, region = split[0], split[-1]
    if not town.cities or town.regions or town.countries or not region.regions or region.code:
        return False
    return not {city.country for city in town.cities} & {country for country, _ in region.regions}


@lru_cache(maxsize=16384)
def _without_noise(part: str) -> tuple[str, ...]:
    """The part with more and more of the words at its ends taken off that stand beside a place without being one."""
    noise = gazetteer.noise()
    words, steps = part.split(), []
    changed = True
    while words and changed:
        changed = False
        for size in (2, 1):
            if len(words) >= size and fold(" ".join(words[-size:])) in noise:
                words, changed = words[:-size], True
                break
            if len(words) >= size and fold(" ".join(words[:size])) in noise:
                words, changed = words[size:], True
                break
        if not changed and words and (words[-1].isdigit() or (len(words) > 1 and _LABEL.fullmatch(words[-1]))):
            words, changed = words[:-1], True
        if changed:
            steps.append(" ".join(words))
    return tuple(steps)


def _bare(part: str) -> str:
    steps = _without_noise(part)
    return steps[-1] if steps else part


def _scan(part: str) -> tuple[Element, ...]:
    """Names found one after another inside a part that is not itself a name (``US CA San Francisco``)."""
    words = part.split()
    if len(words) < 2 or len(words) > 12 or _is_settlement(words):
        return ()
    found: list[Element] = []
    unknown = at = 0
    while at < len(words):
        element, size = _longest(words, at, unknown == 0 and all(known.countries or known.regions for known in found))
        if element is None:
            unknown += fold(words[at]) not in gazetteer.noise() and not words[at].isdigit()
            at += 1
            continue
        found.append(element)
        at += size
    towns = [element for element in found if element.cities and not (element.regions or element.countries or element.code)]
    if len(towns) > 1 and any(town.cities[0].people < 100_000 for town in towns[1:]):
        unknown = 1
    if unknown:
        found = [element for n, element in enumerate(found) if _stands_out(element, n == 0 and words[0] in element.text)]
    return tuple(found)


def _is_settlement(words: list[str]) -> bool:
    """``Annapolis Junction``: a place named for a town is not that town."""
    if len(words) > 3 or not words[-1][0].isupper() or fold(words[-1]) not in gazetteer.settlements():
        return False
    town = look_up(" ".join(words[:-1]))
    return town is not None and bool(town.cities) and not (town.code or town.countries)


def _longest(words: list[str], at: int, early: bool) -> tuple[Element | None, int]:
    for size in range(min(5, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + size])
        if size == 1 and not _sayable(phrase, early):
            continue
        if (element := look_up(phrase)) and (size > 1 or len(phrase) > _SHORT_COUNTY or not _only_county(element)):
            return element, size
    return None, 1


def _only_county(element: Element) -> bool:
    """Short names of landscapes are ordinary words ("Main", "Nord", "Lot")."""
    return bool(element.counties) and not (element.cities or element.countries)


def _sayable(word: str, early: bool) -> bool:
    """A single word inside a longer part counts when it looks like a name or a code."""
    if fold(word) in gazetteer.vague():
        return False
    if fold(word) in gazetteer.noise() and not (word.isupper() and len(word) == 2):
        return early and len(word) == 2 and word[0].isupper()
    if len(word) == 2:
        return word.isupper() or (early and word[0].isupper())
    return len(word) > 2 and not word[0].islower()


def _stands_out(element: Element, first: bool) -> bool:
    """Among unknown words only large cities and plain areas are believed."""
    if element.countries or element.regions or element.zone or element.broad:
        return not element.code or element.text.isupper()
    return bool(element.cities) and element.cities[0].people >= (15_000 if first else 300_000)


def _from_signs(part: str) -> tuple[Element, ...]:
    """Chinese, Japanese and Korean are written without spaces: the longest name at every sign."""
    found: list[Element] = []
    at = 0
    while at < len(part):
        for size in range(min(8, len(part) - at), 1, -1):
            element = look_up(part[at : at + size])
            if element and (not element.cities or element.cities[0].people >= 100_000 or element.countries):
                if not (found and _ward(found[-1], element)):
                    found.append(element)
                at += size
                break
        else:
            at += 1
    return tuple(found)


def _ward(city: Element, element: Element) -> bool:
    """``東京都渋谷区``: a smaller city at the one before it is a part of that."""
    if not (city.cities and element.cities) or element.regions or element.countries:
        return False
    a, b = city.cities[0], element.cities[0]
    return b.people < a.people and abs(a.lat - b.lat) < 0.5 and abs(a.lon - b.lon) < 0.5


def _name_like(part: str) -> bool:
    letters = [sign for sign in part if sign.isalpha()]
    return (
        len(letters) > 2
        and not (part.isupper() and len(part) <= 4)
        and len(part) <= 40
        and len(part.split()) <= 4
        and not any(sign.isdigit() for sign in part)
        and (part[0].isupper() or part[0] in "'’" or not part[0].isascii())
    )
