"""The words of a service for this machine: a systemd unit, a launchd property list, or a line for cron (pure)."""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

#: By this a file is known as one that may be overwritten or removed.
MARK = "Written by: job-alerts service install"
LABEL = "job-alerts"


@dataclass(frozen=True, slots=True)
class Service:
    """What a service of this machine depends on."""

    #: How this installation is called: the script, or the interpreter with ``-m alerts``.
    program: tuple[str, ...]
    config: Path
    #: Runs without anybody logged in, as a user of its own.
    system: bool = False
    #: Names of the credentials that the configuration asks for, and the folder in which their files lie.
    credentials: tuple[str, ...] = ()
    secrets: Path = Path("/etc/job-alerts/credentials")
    #: A file of ``NAME=value`` lines, where the configuration has secrets from the environment.
    environment: Path | None = None
    #: ``$XDG_STATE_HOME``, where this person's shell has one: the service must find the same database.
    state_home: str | None = None
    #: What it must be able to read, and where it writes, of what the unit of a person otherwise hides.
    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    #: False where the machine lets nobody but root make namespaces: then a person's service hides nothing.
    namespaces: bool = True
    #: For launchd: where the log goes.
    log: Path | None = None

    @property
    def call(self) -> tuple[str, ...]:
        """The daemon's own command line."""
        return (*self.program, "run", "--config", str(self.config))


def systemd(service: Service) -> str:
    """The unit: that of ``systemd/``, with the paths of this machine."""
    lines = _shipped("job-alerts.service" if service.system else "job-alerts.user.service").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("["))
    body = [line for line in lines[first:] if not re.match(r"#LoadCredential=|# Installed", line)]
    start = next(number for number, line in enumerate(body) if line.startswith("ExecStart="))
    body[start : start + 1] = [f"ExecStart={' '.join(map(_word, service.call))}", *_handed_over(service)]
    if not service.system:
        body = list(_fitted(body, service))
    head = [f"# {MARK}. Overwritten by the next one: put changes of your own into a drop-in (systemctl edit)."]
    return "\n".join([*head, "", *body, ""])


def _handed_over(service: Service) -> Iterator[str]:
    for name in service.credentials:
        yield f"LoadCredential={name}:{_plain(str(service.secrets / name))}"
    if service.environment:
        yield f"EnvironmentFile=-{_plain(str(service.environment))}"
    if service.state_home and not service.system:
        yield f"Environment={_word(f'XDG_STATE_HOME={service.state_home}')}"


def _fitted(lines: Sequence[str], service: Service) -> Iterator[str]:
    """A person's unit: the folders of this machine; without what it takes namespaces for, where there are none."""
    hiding = False
    for line in lines:
        hiding = (hiding or line.startswith("# What it sees of your home")) and line != ""
        if hiding and not service.namespaces:
            continue
        for word, paths in (("BindReadOnlyPaths=", service.reads), ("BindPaths=", service.writes)):
            if line.startswith(f"{word}-%h"):
                yield from (f"{word}-{_word(str(path))}" for path in paths)
                break
        else:
            yield line


def _plain(text: str) -> str:
    """No specifier of systemd."""
    return text.replace("%", "%%")


def _word(text: str) -> str:
    """One word of a command line of systemd, whatever stands in it."""
    safe = _plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return safe if re.fullmatch(r"[\w@%+=:,./$-]+", safe, re.ASCII) else f'"{safe}"'


def launchd(service: Service) -> bytes:
    """The property list of an agent on macOS."""
    log = str(service.log or Path("/tmp/job-alerts.log"))  # noqa: S108 — launchd makes it, for its user alone
    whole = {
        "Label": LABEL,
        "ProgramArguments": list(service.call),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ProcessType": "Background",
        "Umask": 0o077,
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    if service.state_home:
        whole["EnvironmentVariables"] = {"XDG_STATE_HOME": service.state_home}
    return plistlib.dumps(whole).replace(b"<plist ", f"<!-- {MARK} -->\n<plist ".encode(), 1)


def cron(service: Service, minutes: int = 15) -> str:
    """The line for a crontab: one round of reading and delivering each time."""
    words = shlex.join([*service.program, "poll", "--config", str(service.config)])
    # A percent sign would end the line.
    return f"*/{minutes} * * * * {words}".replace("%", "\\%")


def linked_credentials(values: object) -> list[str]:
    """The names in ``{ credential = "name" }``, each once, in their order."""
    return _named(values, "credential")


def named_variables(values: object) -> list[str]:
    """The names in ``{ env = "NAME" }``."""
    return _named(values, "env")


def named_files(values: object) -> list[str]:
    """The names in ``{ file = "path" }``."""
    return _named(values, "file")


def _named(values: object, way: str) -> list[str]:
    return list(dict.fromkeys(name for table in _tables(values) if len(table) == 1 and isinstance(name := table.get(way), str)))


def _tables(values: object) -> Iterator[dict[str, object]]:
    inner: Sequence[object] = ()
    if isinstance(values, dict):
        yield values
        inner = list(values.values())
    elif isinstance(values, list):
        inner = values
    for one in inner:
        yield from _tables(one)


def _shipped(name: str) -> str:
    """The unit as it is shipped: beside this file when installed, at the top of a checkout."""
    installed = resources.files("alerts.daemon") / "units" / name
    place = installed if installed.is_file() else resources.files("alerts") / ".." / "systemd" / name
    return place.read_text("utf-8")
