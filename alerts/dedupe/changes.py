"""What changed in a posting, in short words; re-ordered text, a renamed company or added tracking is not news."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import blake2b

from alerts.model.event import Change
from alerts.model.posting import Pay, Place, Posting
from alerts.model.raw import RawPosting

#: Fewer changed words than this in the text are noise (a typo, a date in the footer).
LEAST_WORDS = 8
#: Characters of a sentence that are shown.
_SHOWN = 160
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


def compare(before: Posting, after: Posting) -> tuple[Change, ...]:
    """What is news in ``after``; empty where nothing is. ``compare(x, x) == ()``."""
    found = [
        _change("title", " ".join(before.title.split()), " ".join(after.title.split()), fold=True),
        _change("pay", _pay(before.pay), _pay(after.pay)),
        _change("places", _places(before.places), _places(after.places)),
        _change("work", ", ".join(sorted(before.work)), ", ".join(sorted(after.work))),
        _change("employment", ", ".join(sorted(before.employment)), ", ".join(sorted(after.employment))),
        _change("level", before.level or "", after.level or ""),
        _expires(before, after),
    ]
    if before.detailed and after.detailed:
        found.append(_text(before, after))
    elif before.detailed != after.detailed:
        # Details that were not read before, or not this time, are not news: only what both readings knew counts.
        found = [change for change in found if change and change.before and change.after]
    return tuple(change for change in found if change)


def without_boilerplate(found: Mapping[str, tuple[Change, ...]], least: int = 3) -> dict[str, tuple[Change, ...]]:
    """The changes of one poll without those of the text that ``least`` postings share: a new word about the employer.

    ``found``: posting (any name) → its changes. Postings of which nothing is left are left out.
    """
    shared = Counter(c.after or c.before for changes in found.values() for c in changes if c.field == "text")

    def is_news(change: Change) -> bool:
        return change.field != "text" or shared[change.after or change.before] < least

    kept = {name: tuple(filter(is_news, changes)) for name, changes in found.items()}
    return {name: changes for name, changes in kept.items() if changes}


def content_key(posting: RawPosting | Posting) -> str:
    """A hash of what ``compare`` looks at: equal keys mean that nothing can be news. Neither company nor update date count."""
    if isinstance(posting, RawPosting):
        said: list[object] = [
            posting.title,
            posting.places,
            posting.work,
            posting.remote_areas,
            posting.employment,
            posting.level,
        ]
        said += [posting.pay, posting.expires, posting.html, posting.text, posting.detailed]
    else:
        said = [posting.title, posting.places, posting.work, posting.remote_scope, posting.employment, posting.level]
        said += [posting.pay, posting.expires, posting.text, posting.detailed]
    return blake2b(json.dumps(said, default=repr, ensure_ascii=False).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _change(field: str, before: str, after: str, *, fold: bool = False) -> Change | None:
    equal = before.casefold() == after.casefold() if fold else before == after
    return None if equal else Change(field, _short(before), _short(after))


def _pay(pay: Pay | None) -> str:
    """``100,000–120,000 USD a year``; up to, from, or one figure where the other is not said."""
    if pay is None or (pay.min is None and pay.max is None):
        return ""
    low, high = (f"{amount:,.0f}" if amount is not None else "" for amount in (pay.min, pay.max))
    figures = low if low == high else f"{low}–{high}" if low and high else f"from {low}" if low else f"up to {high}"
    return figures + (f" {pay.currency}" if pay.currency else "") + (f" a {pay.period}" if pay.period else "")


def _places(places: Iterable[Place]) -> str:
    """The places in one order, by their parts where they were understood: new wording of the same city is not news."""
    names = {", ".join(part for part in (p.city, p.region, p.country) if part) or " ".join(p.raw.split()) for p in places}
    return "; ".join(sorted(name for name in names if name))


def _expires(before: Posting, after: Posting) -> Change | None:
    """A nearer end is news; a later one is not (many boards put it off every day)."""
    if after.expires is None or (before.expires and after.expires > before.expires - timedelta(days=1)):
        return None
    return Change("expires", before.expires.date().isoformat() if before.expires else "", after.expires.date().isoformat())


def _text(before: Posting, after: Posting) -> Change | None:
    """Sentences that are gone and sentences that are new, wherever they stand; None where they hardly differ."""
    if before.text == after.text or not before.text or not after.text:
        return None
    old, new = _sentences(before), _sentences(after)
    gone, come = [s for s in old if s not in new], [s for s in new if s not in old]
    words_gone, words_come = Counter(w for s in gone for w in s.split()), Counter(w for s in come for w in s.split())
    if (words_gone - words_come).total() + (words_come - words_gone).total() < LEAST_WORDS:
        return None
    return Change(
        "text", _short(max((old[s] for s in gone), key=len, default="")), _short(max((new[s] for s in come), key=len, default=""))
    )


def _sentences(posting: Posting) -> dict[str, str]:
    """Folded sentence → as written; without addresses and without the company's name."""
    text = _ADDRESS.sub(" ", posting.text)
    if posting.company:
        text = re.sub(re.escape(posting.company), " ", text, flags=re.IGNORECASE)
    written = (" ".join(sentence.split()) for sentence in _SENTENCE.split(text))
    folded = ((" ".join(_WORD.findall(sentence.casefold())), sentence) for sentence in written)
    return {key: sentence for key, sentence in folded if key}


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
