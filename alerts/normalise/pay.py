"""Pay: from fields and from words, in the stated period and currency, each with the words it was read from."""

from __future__ import annotations

from alerts.model import Pay, RawPay


def from_fields(raw: tuple[RawPay, ...], *, country: str | None) -> tuple[Pay, ...]:
    """Pay as the source's own fields state it; ``country`` (ISO2) settles an ambiguous currency."""
    return ()


def from_text(text: str, *, country: str | None = None, language: str | None = None) -> tuple[Pay, ...]:
    """Every pay statement in the text, in the order of the text, with kind and scope."""
    return ()


def headline(pays: tuple[Pay, ...]) -> Pay | None:
    """The one to show: base pay before all else."""
    return next((pay for pay in pays if pay.kind == "base"), pays[0] if pays else None)


def parse(text: str, *, country: str | None = None) -> Pay | None:
    """A short string of a user: "180k CAD", "60 EUR/hour", "120000". None where no amount is in it."""
    return None


def say(pay: Pay) -> str:
    """The pay in words for a person, which ``parse`` reads back: "CA$180,000–220,000 a year"."""
    return ""
