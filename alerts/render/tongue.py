"""The language that messages are said in: words from the catalogues in ``locale/``, dates and numbers from CLDR.

English stands in the code; each other language is one file, ``locale/de.po``, that a person who speaks it can edit with any
editor for translations. What a file does not have is said in English.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

    from alerts.model.message import Message
    from alerts.render.batch import Batch

ENGLISH = "en"
_language = ContextVar("language", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """The languages at hand, by their ISO 639 codes."""
    files = (resources.files("alerts.render") / "locale").iterdir()
    return (ENGLISH, *sorted(file.name.removesuffix(".po") for file in files if file.name.endswith(".po")))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """All that is said inside is said in this language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def spoken(render: Callable[[Batch], Message]) -> Callable[[Batch], Message]:
    """A form of message that speaks the language of its batch."""

    @wraps(render)
    def in_its_language(batch: Batch) -> Message:
        with speaking(batch.language):
            return render(batch)

    return in_its_language


def say(text: str, **values: object) -> str:
    """``text`` in the language spoken, with its ``{names}`` filled."""
    said = _catalogue(_language.get()).gettext(text) if text else ""
    return said.format(**values) if values else said


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are kept and said later: ``str()`` says them in the language that is spoken then."""

    text: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return say(self.text, **self.values)


def phrase(text: str, **values: object) -> Phrase:
    """``text`` to be said later, with its ``{names}`` filled; values may be phrases themselves."""
    return Phrase(text, values)


def count(number: int, one: str, many: str, **values: object) -> str:
    """``one`` or ``many`` in the language spoken, as ``{number}`` asks for."""
    return _catalogue(_language.get()).ngettext(one, many, number).format(number=number, **values)


def locale() -> Locale:
    """Names of countries and currencies, dates and numbers of the language spoken."""
    return _locale(_language.get())


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (resources.files("alerts.render") / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
