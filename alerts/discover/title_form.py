"""How a feed builds its titles ("Role at X", "X: Role"), where nine of ten say it and nothing speaks against it. Pure."""

from __future__ import annotations

from collections.abc import Collection

from alerts.model.raw import RawPlace, RawPosting
from alerts.normalise import category, places
from alerts.sources.rss import title_parts

#: As the option ``title`` says them; what tells more comes first.
FORMS = ("role at company (place)", "role at company", "role @ company", "company: role")
#: So many entries, and so many different employers, make it certain.
FEWEST, FEWEST_NAMES = 10, 3
AGREE, SELDOM, OFTEN = 0.9, 0.1, 0.5
_MOST_WORDS = 6


def title_form(raws: Collection[RawPosting]) -> str | None:
    """The form that the titles follow; None where an employer is stated otherwise, or anything is doubtful."""
    if len(raws) < FEWEST or any(raw.company for raw in raws):
        return None
    titles = [raw.title for raw in raws]
    return next((form for form in FORMS if _holds(form, titles)), None)


def _holds(form: str, titles: list[str]) -> bool:
    fits = [(role, name, where) for role, name, where in (title_parts(title, form) for title in titles) if role and name]
    names = [name for _, name, _ in fits if len(name.split()) <= _MOST_WORDS]
    if len(names) < AGREE * len(titles) or len({name.casefold() for name in names}) < FEWEST_NAMES:
        return False
    # "Nurse: London" and "Sales: Account Manager" have the same shape: the names must be no places and no work, the roles work.
    work = sum(_is_work(role) for role, _, _ in fits)
    other = sum(_is_work(name) or _is_place(name) for name in names)
    return work >= OFTEN * len(fits) and other <= SELDOM * len(names)


def _is_work(words: str) -> bool:
    return category.category((), words, ())[0] is not None


def _is_place(words: str) -> bool:
    return any(place.country for place in places.read((RawPlace(text=words),)))
