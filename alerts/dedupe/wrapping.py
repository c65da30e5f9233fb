"""What titles carry besides the work: workload, number of openings, how long, the employer's number, forms for all genders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

#: "(m/w/d)", "H/F", "k | m": single letters for genders with a sign between them; one of them is always m or h.
_TAG = re.compile(r"(?<!\w)(?=[^()\s]{0,6}[mh])[mwfhdxvknji](?:\s?[/|*]\s?[mwfhdxvknji]){1,4}(?!\w)")
#: "Koch / Köchin": the same word for both genders.
_BOTH = re.compile(r"(?<!\w)([^\W\d_]{3,})\s?[/|]\s?([^\W\d_]{3,})(?!\w)")
#: "Registered Nurse (RN)": words, and letters in brackets.
_SHORT = re.compile(r"((?:[^\W\d_]+[\s/-]+){2,5})\(([^\W\d_]{3,5}|rn)\)")
#: "80-100%", "100 %", "50 bis 60%"
_PERCENT = re.compile(r"(?<![\w.])(\d{1,3})\s?(?:%?\s?(?:-|–|bis|to|à|a)\s?(\d{1,3}))?\s?%")


def unwrapped(title: str) -> str:
    """A lower-case title without openings, gender forms and repeated initials; workload and length as one word (``100pct``)."""
    for pattern, new in _patterns():
        title = pattern.sub(new, title)
    return title


def _one_of_both(found: re.Match[str]) -> str:
    """The first where the two are forms of one word, else what stood there."""
    one, other = found.groups()
    size = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if size < 3 or ((one[size:], other[size:]) not in _both() and (other[size:], one[size:]) not in _both()):
        return found[0]
    return one if (one[size:], other[size:]) in _both() else other


def _without_initials(found: re.Match[str]) -> str:
    """The words alone where the letters are their first ones. Two letters are more often a country: (DE), (SE)."""
    words = re.findall(r"[^\W\d_]+", found[1])
    return found[1] if "".join(word[0] for word in words).endswith(found[2]) else found[0]


@cache
def _both() -> frozenset[tuple[str, str]]:
    return frozenset((one, other) for one, other in titles()["wrapping"]["both"])


@cache
def titles() -> dict[str, Any]:
    """titles.toml."""
    return tomllib.loads((files("alerts.dedupe") / "titles.toml").read_text(encoding="utf-8"))


def _workload(found: re.Match[str]) -> str:
    return " ".join(f" {share}pct " for share in found.groups() if share)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    table = titles()["wrapping"]
    openings, spans, numbers, genders = (
        "|".join(re.escape(word) for word in sorted(table[name], key=len, reverse=True))
        for name in ("openings", "spans", "numbers", "genders")
    )
    counted = rf"(?<!\w)(?:\d{{1,3}}\s?(?:x\s)?|x\s?\d{{1,3}}\s|multiple\s)(?:open\s)?(?:{openings})(?!\w)"
    times = r"\(\s*(?:x\s?\d{1,2}|\d{1,2}\s?x)\s*\)"
    span = rf"(?<![\w.])(?:\d{{1,2}}\s?(?:-|–|to|bis)\s?)?(\d{{1,2}})[\s-]?(?:{spans})(?!\w)"
    number = rf"(?<!\w)(?:{numbers})\s?[-_.:#]{{0,2}}\s?(\d{{3,}})(?!\w)"
    gender = rf"(?<=[^\W\d_]{{4}})(?:[*:·]|_|/-?|\(-?|\.(?=e))(?:{genders})\)?(?!\w)"
    return (
        (_TAG, " "),
        (_PERCENT, _workload),
        (re.compile(f"{counted}|{times}"), " "),
        (re.compile(span), r" \1months "),
        (re.compile(number), r" r\1 "),
        (re.compile(gender), ""),
        (_BOTH, _one_of_both),
        (_SHORT, _without_initials),
    )
