"""What the configuration asks for, as values: settings, sources, searches and channels, checked and ready to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.schedule import Quiet, Schedule
from alerts.model.search import Search
from alerts.model.server import Database


@dataclass(frozen=True, slots=True)
class Brake:
    """Alerts of an hour beyond which there is one digest, and beyond which the operator is asked; None: as in settings."""

    digest_above: int | None = None
    ask_above: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The table ``[settings]``."""

    database: Database
    timezone: str = "UTC"
    contact: str | None = None
    every: timedelta = timedelta(minutes=30)
    home: str | None = None
    #: The channel that hears of trouble.
    notify: str | None = None
    #: "shipped" | "ecb"
    rates: str = "shipped"
    #: The user's own currency, for messages.
    currency: str | None = None
    #: The language of messages (ISO 639).
    language: str = "en"
    #: How long alerts of *now* are gathered, so that one poll is one message.
    gather: timedelta = timedelta(seconds=20)
    #: When the summary of the week goes out, if at all.
    summary: Schedule | None = None
    #: The user's facts and letter template, for drafts of applications.
    profile: Path | None = None
    letter: Path | None = None
    #: Details asked for in one poll of one source, at most.
    details: int = 60
    #: Alerts of one source or search in an hour beyond which there is one digest …
    digest_above: int = 50
    #: … and beyond which they wait for the operator's word.
    ask_above: int = 500
    #: How long what is closed keeps its text; twice as long it keeps more than its name.
    keep: timedelta = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Source:
    """One table of ``[[sources]]``. ``key`` stays the same when the user renames it."""

    key: str
    name: str
    kind: str
    options: Options = field(repr=False)
    every: timedelta = timedelta(minutes=30)
    #: True: ``every`` is only a start, the pace is learned.
    auto: bool = False
    #: The employer of all its postings, where the source does not say.
    company: str | None = None
    #: A person's address of the place.
    address: str = ""
    #: Why its secret could not be read, and what to do; such a source is not read.
    missing: str | None = None
    brake: Brake = Brake()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One table of ``[[searches]]``: what is wanted, and how it is told."""

    search: Search
    when: Schedule
    channels: tuple[str, ...] = ()
    events: frozenset[EventKind] = frozenset({EventKind.NEW})
    backfill: timedelta | None = None
    #: Path of a letter template, where drafts are to be attached.
    letter: Path | None = None
    #: A hash of everything that decides what matches.
    digest: str = ""
    brake: Brake = Brake()

    @property
    def name(self) -> str:
        """The name of the search."""
        return self.search.name


@dataclass(frozen=True, slots=True)
class Channel:
    """One table of ``[channels.…]``."""

    name: str
    kind: str
    options: Options = field(repr=False)
    quiet: Quiet | None = None
    #: More messages than this in an hour become a digest at the next hour.
    max_per_hour: int | None = None
    #: Template overrides: part → path.
    templates: Mapping[str, Path] = field(default_factory=dict)
    #: Why its secret could not be read, and what to do; such a channel is not served, what is owed on it waits.
    missing: str | None = None
    brake: Brake = Brake()
    #: When all that its searches found comes as one message, whatever ``when`` they say themselves.
    digest: Schedule | None = None
    #: The language of its messages; None: as in settings.
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """The table ``[network]``."""

    allow_private: tuple[str, ...] = ()
    #: Least seconds between two requests to one host.
    pace: float = 1.0
    #: Seconds that one request may take in all.
    deadline: float = 20.0
    #: Bytes of one answer, at most.
    max_bytes: int = 32 * 1024 * 1024
    #: Proxies by the scheme that they are for; their addresses may hold passwords.
    proxies: Mapping[str, SecretStr] = field(default_factory=dict)
    #: Hosts that are reached without them.
    no_proxy: tuple[str, ...] = ()
    #: A PEM file of further certificate authorities.
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Http:
    """The table ``[http]``: where the one listener is, for health, metrics and the desk. Off unless it is set."""

    #: An address of this machine and a port …
    host: str = ""
    port: int = 0
    #: … or a Unix socket.
    socket: Path | None = None
    #: Names by which it may be asked, beside those of this machine itself.
    hosts: tuple[str, ...] = ()
    #: Sources that have figures of their own in the metrics, at most.
    sources: int = 200
    #: The origins under which the desk is opened ("http://127.0.0.1:8484", "https://jobs.example"), the first one is linked to;
    #: () where it is not shown.
    desk: tuple[str, ...] = ()
    #: Where a person reaches the desk from elsewhere ("https://jobs.example"), for links in alerts; None: nowhere.
    link: str | None = None

    def __str__(self) -> str:
        """As a person writes it."""
        if self.socket:
            return f"unix:{self.socket}"
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The table ``[heartbeat]``: an address that is told, again and again, that all is well."""

    url: SecretStr
    every: timedelta = timedelta(minutes=5)
    #: True: where something is wrong, the address with ``/fail`` is told, as healthchecks.io wants it; else nothing is.
    fail: bool = False


@dataclass(frozen=True, slots=True)
class LetterProgram:
    """The table ``[letter]``: a program that drafts letters. Off unless it is set."""

    command: tuple[str, ...]
    timeout: timedelta = timedelta(minutes=1)
    #: What it sees besides; values may be secrets.
    env: Mapping[str, SecretStr] = field(default_factory=dict)
    #: Why one of them could not be read, and what to do.
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Reminding:
    """The table ``[applications]``: how one is reminded."""

    #: None: that of ``settings.notify``, else the first one.
    channel: str | None = None
    #: How long no answer is no news; None: no nudges.
    nudge: timedelta | None = timedelta(days=14)
    #: So long before an appointment.
    remind: tuple[timedelta, ...] = (timedelta(days=1), timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole configuration."""

    path: Path
    settings: Settings
    network: Network = Network()
    #: None: nothing listens.
    http: Http | None = None
    heartbeat: Heartbeat | None = None
    sources: tuple[Source, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    #: The user's own aliases: word → what means the same; () switches the word off.
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letter: LetterProgram | None = None
    applications: Reminding = field(default_factory=Reminding)
    #: What a person should know though it is no mistake.
    remarks: tuple[str, ...] = ()

    def language_of(self, channel: Channel) -> str:
        """The language of a channel's messages: its own, else that of the settings."""
        return channel.language or self.settings.language
