"""Eligibility: sponsorship, permit, clearance, citizenship, degree, languages, each with the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Any

from alerts.model.posting import Eligibility
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped
from alerts.normalise.cues import Cues
from alerts.normalise.lowered import lowered, narrow

_LONGEST = 60_000
#: Stems looked at in one text; more of them is no posting.
_MOST = 200
_SENTENCE_END = re.compile(r"[\n。；|]|[.!?](?<=[a-zß-ÿ0-9)%][a-zß-ÿ0-9)%].)(?=\s|$)")
_CLEARANCE = (("ts/sci", "TS/SCI"), ("top secret", "top secret"), ("public trust", "public trust"), ("secret", "secret"))
_YES = re.compile(r"\b(?:yes|true|offers?|offered|provided|available|required|1)\b")
_NO = re.compile(r"\b(?:no|false|not|none|never|unavailable|0)\b")
_FACTS = (("sponsorship", "sponsor"), ("sponsorship", "visa"), ("clearance", "clearance"), ("citizenship", "citizen"),
          ("degree", "degree"), ("work_permit", "permit"), ("work_permit", "authoriz"))  # fmt: skip


@cache
def _data() -> dict[str, Any]:
    return tables.toml("eligibility_words.toml")


@cache
def _rule(topic: str, key: str) -> re.Pattern[str]:
    found = _data()[topic][key]
    return re.compile(grouped([found] if isinstance(found, str) else found))


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile(grouped([_data()["boilerplate"]]))


@cache
def _degrees() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(grouped([rule]))) for name, rule in _data()["degree"]["values"].items())


@cache
def _languages() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Code, its names, and what finds them."""
    lines = (line.split("\t") for line in tables.rows("eligibility_languages.tsv"))
    return tuple((code, names, re.compile(rf"(?<![^\W\d_])(?:{names})")) for code, names in lines)


@cache
def _not_asked(names: str) -> re.Pattern[str]:
    """What says that a language of these names is not asked for; few of them are ever named, and each takes a while."""
    return re.compile("|".join(f"(?:{part})" for part in _data()["language"]["no"]).replace("{name}", f"(?:{names})"))


@lru_cache(maxsize=1024)
def _named(word: str) -> tuple[tuple[str, str], ...]:
    """The languages that a word names: code and names."""
    return tuple((code, names) for code, names, found in _languages() if found.match(word))


@cache
def _any_language() -> re.Pattern[str]:
    lines = tables.rows("eligibility_languages.tsv")
    # Scripts without spaces have no beginnings of words.
    return re.compile(rf"(?:(?<![^\W\d_])|(?=[\u3000-\ud7af]))(?:{grouped(line.split(chr(9))[1] for line in lines)})")


def read(text: str, facts: Mapping[str, str]) -> tuple[Eligibility, ...]:
    """What is asked of, or offered to, the applicant; ``facts`` are the source's own words by name ("sponsorship": "no").

    A topic of which nothing is said is not in the answer. Never raises.
    """
    found: dict[tuple[str, bool, str | None], Eligibility] = {}
    for item in _from_facts(facts):
        found.setdefault((item.topic, item.answer, item.value), item)
    if text.strip().lower() == "visa":
        return tuple(found.values())  # between other facts it is an offer; alone it may be anything
    for sentence, topics in _sentences(text[:_LONGEST]):
        for item in _judge(sentence, topics):
            found.setdefault((item.topic, item.answer, item.value), item)
    return tuple(found.values())


def _from_facts(facts: Mapping[str, str]) -> Iterator[Eligibility]:
    for name, said in facts.items():
        low = f"{said}".lower()
        topic = next((topic for topic, stem in _FACTS if stem in name.lower()), None)
        if topic is None:
            topic = next((topic for topic, stem in _FACTS if stem in low), None)
        if topic is None or not (_NO.search(low) or _YES.search(low)):
            continue
        yield Eligibility(topic, not _NO.search(low), None, f"{name}: {said}"[:240])


def _sentences(text: str) -> Iterator[tuple[str, set[str]]]:
    """The sentences that hold a stem, in order, each with the topics of its stems."""
    low = lowered(text)
    if len(low) != len(text):
        text = low
    spans: dict[tuple[int, int], set[str]] = {}
    for stem_topics, place in islice(_stems_in(low, narrow(text)), _MOST):
        spans.setdefault(_bounds(text, place), set()).update(stem_topics)
    for (start, end), topics in sorted(spans.items()):
        if sentence := text[start:end].strip(" \n-•|"):
            yield sentence, topics


def _stems_in(low: str, plain: str) -> Iterator[tuple[tuple[str, ...], int]]:
    stems, end = _stems(), -1
    found = _STEM_CUES.places(low)
    # Of those that begin at one place the longest counts, and none that begins within another.
    for place, _, stem in sorted((place, -len(stem), stem) for stem, places in found.items() for place in places):
        if place >= end and _begins_word(low, place):
            yield stems[stem], place
            end = place + len(stem)
    inside = _INSIDE_CUES.places(plain)
    for topic, pieces in _data()["inside"].items():
        for piece in pieces:
            if piece in inside:
                yield (topic,), inside[piece][0]


def _begins_word(low: str, place: int) -> bool:
    before = low[place - 1 : place]
    return not (before.isalnum() or before == "_")


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """Stem → its topics, with those of the stems that begin a word of it: only the longest is found at a place."""
    own: dict[str, list[str]] = {}
    for topic, stems in _data()["stems"].items():
        for stem in stems:
            own.setdefault(stem, []).append(topic)
    return {stem: tuple(dict.fromkeys(topic for part in _begins(stem) for topic in own.get(part, ()))) for stem in own}


def _begins(stem: str) -> Iterator[str]:
    """All that a word of it begins with."""
    for at in (0, *(gap.end() for gap in re.finditer(" ", stem))):
        yield from (stem[at:end] for end in range(at + 1, len(stem) + 1))


_STEM_CUES = Cues(lambda: _stems())
_INSIDE_CUES = Cues(lambda: chain.from_iterable(_data()["inside"].values()))


def _bounds(text: str, place: int) -> tuple[int, int]:
    begin = max(0, place - 250)
    start = begin
    for stop in _SENTENCE_END.finditer(text, begin, place):
        start = stop.end()
    behind = _SENTENCE_END.search(text, place, min(len(text), place + 300))
    return start, behind.end() if behind else min(len(text), place + 300)


def _judge(sentence: str, topics: set[str]) -> Iterator[Eligibility]:
    low = sentence.lower()
    plain = not _boilerplate().search(low)
    for topic, rule in _TOPICS.items():
        if topic in topics and (plain or topic == "work_permit"):
            yield from rule(low, sentence[:300])


def _sponsorship(low: str, words: str) -> Iterator[Eligibility]:
    if not _rule("sponsorship", "word").search(low) or _rule("sponsorship", "never").search(low):
        return
    if not _rule("sponsorship", "about").search(low) or (len(low) < 30 and low.endswith(":")):
        return  # a heading alone says nothing
    if _rule("sponsorship", "no").search(low):
        yield Eligibility("sponsorship", False, None, words)
    elif _rule("sponsorship", "yes").search(low) or low.strip(" :.") in ("visa", "visa sponsorship"):
        yield Eligibility("sponsorship", True, None, words)


def _permit(low: str, words: str) -> Iterator[Eligibility]:
    if _rule("work_permit", "no").search(low):
        yield Eligibility("work_permit", False, None, words)
    elif (found := _rule("work_permit", "yes").search(low)) and not _rule("work_permit", "never").search(low):
        where = re.match(
            r"\W*(?:full[- ]time |permanently )?(?:in|within|for) (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*){0,3})",
            words[found.end() :],
        )
        yield Eligibility("work_permit", True, where[1].rstrip(".") if where else None, words)


def _clearance(low: str, words: str) -> Iterator[Eligibility]:
    if not _rule("clearance", "word").search(low) or _rule("clearance", "never").search(low):
        return
    value = next((name for stem, name in _CLEARANCE if stem in low), None)
    yield Eligibility("clearance", not _rule("clearance", "no").search(low), value, words)


def _citizenship(low: str, words: str) -> Iterator[Eligibility]:
    found = _rule("citizenship", "word").search(low)
    if not found or _rule("citizenship", "never").search(low):
        return
    value = (
        "US"
        if re.search(r"\bu\.?s\.?\b|united states|american", low)
        else "EU"
        if re.search(r"\beu\b|européenne|europea\b", low)
        else None
    )
    if _rule("citizenship", "no").search(low):
        yield Eligibility("citizenship", False, value, words)
    elif _rule("citizenship", "yes").search(low):
        yield Eligibility("citizenship", True, value, words)


def _degree(low: str, words: str) -> Iterator[Eligibility]:
    if not _rule("degree", "word").search(low) or _rule("degree", "never").search(low):
        return
    levels = [name for name, rule in _degrees() if rule.search(low)]
    # Of "Bachelor's or Master's" the least is what is asked for.
    value = next((name for name in ("vocational", "bachelor", "master", "phd", "degree") if name in levels), "degree")
    yield Eligibility("degree", not _rule("degree", "no").search(low), value, words)


def _asked_languages(low: str, words: str) -> Iterator[Eligibility]:
    if _rule("language", "never").search(low):
        return
    seen = set()
    for name in _any_language().finditer(low):
        near = low[max(0, name.start() - 70) : name.end() + 60]
        for code, names in _named(name[0]):
            if code not in seen and _rule("language", "cue").search(near):
                seen.add(code)
                yield Eligibility("language", not _not_asked(names).search(near), code, words)


_TOPICS: dict[str, Callable[[str, str], Iterator[Eligibility]]] = {
    "sponsorship": _sponsorship,
    "work_permit": _permit,
    "clearance": _clearance,
    "citizenship": _citizenship,
    "degree": _degree,
    "language": _asked_languages,
}
