"""What can go wrong, drawn as a tree; every message says what the operator can do.

AlertsError
├── UsageError            the call or the configuration is wrong          exit 2
│   ├── ConfigError       one or more mistakes, each with file, line, key
│   └── UnknownKind       no such kind of source or channel; the known ones are named
├── SourceError           a source could not be read; nothing is lost, it is tried again
│   ├── FetchError        no usable answer came (network, status, size, deadline, forbidden address)
│   └── ReadError         an answer came, but it is not what this kind of source says
├── StoreError            the database is unusable (newer version, locked, not ours, full)
│   └── StoreLost         it is gone or damaged: nothing can be kept any more, a person has to look
├── ProgramError          a program of the user's own gave no answer that can be used
└── RenderError           an alert could not be made into a message
"""

from __future__ import annotations


class AlertsError(Exception):
    """Anything of ours that went wrong. ``str()`` is one line for a person."""

    #: Exit status of a command that ends with it.
    exit_code = 1


class UsageError(AlertsError):
    """The call or the configuration is wrong. ``by_command``: the end of the line that only helps at a terminal."""

    exit_code = 2

    def __init__(self, words: str = "", by_command: str = "") -> None:
        super().__init__(words + by_command)
        self.words = words


class ConfigError(UsageError):
    """One or more mistakes in the configuration; ``problems`` holds a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownKind(UsageError):
    """No such kind of source or channel."""


class SourceError(AlertsError):
    """A source could not be read."""


class FetchError(SourceError):
    """No usable answer came.

    ``status`` is the HTTP status where there was one, ``retry_after`` seconds to wait where the server said so,
    ``gone`` is True when the place says that it will not come back (410), ``moved_to`` a new address, ``ambiguous`` True
    when the request may have arrived although no answer came, ``unreachable`` True when nobody was reached at all, which may
    be the fault of this machine's network.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        gone: bool = False,
        moved_to: str | None = None,
        ambiguous: bool = False,
        unreachable: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        self.gone = gone
        self.moved_to = moved_to
        self.ambiguous = ambiguous
        self.unreachable = unreachable


class ReadError(SourceError):
    """An answer came, but it is not what this kind of source says (HTML where a feed was, a login page)."""


class StoreError(AlertsError):
    """The database is unusable."""


class StoreLost(StoreError):
    """The database is gone or damaged; going on would only pretend."""


class RenderError(AlertsError):
    """An alert could not be made into a message."""


class ProgramError(AlertsError):
    """A program of the user's own gave no answer that can be used."""
