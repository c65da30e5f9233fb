"""The tables and keys of the configuration, as pydantic models; the options of a kind live beside its code."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints

from alerts.model.event import EventKind
from alerts.model.schedule import Quiet, Schedule
from alerts.model.schedule import quiet as read_quiet
from alerts.model.schedule import read as read_schedule
from alerts.parse import durations


def _span(value: object) -> object:
    return durations.span(value) if isinstance(value, str) else value


def _positive(value: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= value <= timedelta(days=3660):
        raise ValueError("must be between one second and ten years")
    return value


def _schedule(value: object) -> object:
    return read_schedule(value) if isinstance(value, str) else value


def _quiet(value: object) -> object:
    return read_quiet(value) if isinstance(value, str) else value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'unknown time zone {value!r}; write for example "Europe/Berlin" or "UTC"') from None
    return value


def _language(value: str) -> str:
    from alerts.render.tongue import languages

    if value not in languages():
        raise ValueError(f"messages cannot be said in {value!r}; there are: {', '.join(languages())}")
    return value


def _currency(value: str) -> str:
    if not re.fullmatch("[A-Z]{3}", value):
        raise ValueError('must be the three letters of a currency, such as "EUR"')
    return value


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Span = Annotated[timedelta, BeforeValidator(_span), AfterValidator(_positive)]
When = Annotated[Schedule, BeforeValidator(_schedule)]
Hours = Annotated[Quiet, BeforeValidator(_quiet)]
Zone = Annotated[str, AfterValidator(_zone)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
WordList = Annotated[tuple[Words, ...], BeforeValidator(_list)]
#: How many alerts of an hour are too many.
Many = Annotated[int, Field(ge=1, le=1_000_000)]
Unknown = Literal["keep", "drop"]
Language = Annotated[str, AfterValidator(_language)]


class Table(BaseModel):
    """A table of the file: unknown keys are mistakes, and no value is shown in an error."""

    model_config = ConfigDict(
        # Most tables are part of another one, and are never asked for themselves.
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )


class SettingsTable(Table):
    """``[settings]``."""

    database: str | None = None
    timezone: Zone = "UTC"
    contact: Words | None = None
    every: Span = timedelta(minutes=30)
    home: Words | None = None
    notify: Words | None = None
    rates: Literal["shipped", "ecb"] = "shipped"
    currency: Annotated[str, AfterValidator(_currency)] | None = None
    language: Language = "en"
    gather: Annotated[timedelta, BeforeValidator(_span)] = timedelta(seconds=20)
    summary: When | None = None
    profile: Path | None = None
    letter: Path | None = None
    details: Annotated[int, Field(ge=0, le=5000)] = 60
    digest_above: Many = 50
    ask_above: Many = 500
    keep: Span = timedelta(days=731)


class NetworkTable(Table):
    """``[network]``."""

    allow_private: WordList = ()
    pace: Annotated[timedelta, BeforeValidator(_span)] = timedelta(seconds=1)
    deadline: Span = timedelta(seconds=20)
    max_size: Annotated[int, Field(ge=1, le=1024)] = 32
    proxy: SecretStr | None = None
    no_proxy: WordList = ()
    ca_file: Path | None = None


class HttpTable(Table):
    """``[http]``."""

    listen: Words | None = None
    hosts: WordList = ()
    public: bool = False
    sources: Annotated[int, Field(ge=0, le=10_000)] = 200


class DeskTable(Table):
    """``[desk]``."""

    enabled: bool = True
    url: Words | None = None


class HeartbeatTable(Table):
    """``[heartbeat]``."""

    url: SecretStr
    every: Span = timedelta(minutes=5)
    fail: bool = False


class SourceTable(Table):
    """``[[sources]]``: the keys that every kind has; all others are the kind's own."""

    name: Words | None = None
    kind: Words | None = None
    url: Words | None = None
    every: Span | Literal["auto"] | None = None
    company: Words | None = None
    accept_terms: bool = False
    enabled: bool = True
    digest_above: Many | None = None
    ask_above: Many | None = None


class SearchTable(Table):
    """``[[searches]]``."""

    name: Words
    title: WordList = ()
    keywords: WordList = ()
    require: WordList = ()
    exclude: WordList = ()
    companies: WordList = ()
    exclude_companies: WordList = ()
    locations: WordList = ()
    work: WordList = ()
    employment: WordList = ()
    level: WordList = ()
    category: WordList = ()
    industry: WordList = ()
    salary: Words | None = None
    max_experience: Words | None = None
    max_age: Words | None = None
    query: Annotated[str, StringConstraints(max_length=20_000)] | None = None
    require_sponsorship: bool = False
    exclude_clearance: bool = False
    languages: WordList = ()
    prefer: WordList = ()
    like: WordList = ()
    unknown: Unknown = "keep"
    aliases: bool = True
    events: Annotated[tuple[EventKind, ...], BeforeValidator(_list)] = (EventKind.NEW,)
    channels: WordList = ()
    when: When = Schedule("now", None)
    backfill: Span | None = None
    letter: Path | None = None
    enabled: bool = True
    digest_above: Many | None = None
    ask_above: Many | None = None


class ChannelTable(Table):
    """``[channels.…]``: the keys that every kind has; all others are the kind's own."""

    kind: Words
    quiet: Hours | None = None
    max_per_hour: Annotated[int, Field(ge=1, le=10_000)] | None = None
    digest: When | None = None
    language: Language | None = None
    templates: dict[str, Path] = Field(default_factory=dict)
    digest_above: Many | None = None
    ask_above: Many | None = None


class LetterTable(Table):
    """``[letter]``."""

    command: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    timeout: Span = timedelta(minutes=1)
    env: dict[str, SecretStr] = Field(default_factory=dict)


def _nudge(value: object) -> object:
    if value is True or value == timedelta(0):
        raise ValueError('must be a span of time such as "14d", or false for no nudges')
    return None if value is False else _span(value)


class ApplicationsTable(Table):
    """``[applications]``."""

    channel: Words | None = None
    nudge: Annotated[timedelta | None, BeforeValidator(_nudge)] = timedelta(days=14)
    remind: Annotated[tuple[Span, ...], BeforeValidator(_list), Field(max_length=10)] = (timedelta(days=1), timedelta(hours=1))
