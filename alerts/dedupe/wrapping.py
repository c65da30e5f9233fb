"""What titles carry besides the work: workload, number of openings, how long, the employer's number, forms for all genders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

#: "(m/w/d)", "H/F", "k | m": single letters for genders with a sign between them; one of them is always m or h.
_TAG = re.compile(r"(?<!\w)(?=[^()\s]{0,6}[mh])[mwfhdxvknji](?:\s?[/|*]\s?[mwfhdxvknji]){1,4}(?!\w)")
#: "80-100%", "100 %", "50 bis 60%"
_PERCENT = re.compile(r"(?<![\w.])(\d{1,3})\s?(?:%?\s?(?:-|–|bis|to|à|a)\s?(\d{1,3}))?\s?%")


def unwrapped(title: str) -> str:
    """A lower-case title without openings and gender forms; workload and length as one word each (``100pct``, ``12months``)."""
    for pattern, new in _patterns():
        title = pattern.sub(new, title)
    return title


def _workload(found: re.Match[str]) -> str:
    return " ".join(f" {share}pct " for share in found.groups() if share)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    table = tomllib.loads((files("alerts.dedupe") / "titles.toml").read_text(encoding="utf-8"))["wrapping"]
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
    )
