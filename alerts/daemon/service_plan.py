"""From a configuration and this machine to the service that fits; what would stop it from working is said before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from alerts.config import document, find
from alerts.daemon import service_sight, service_unit
from alerts.daemon.service_unit import Service
from alerts.model.server import is_server

#: A service of the system sees none of these: ProtectHome and PrivateTmp of the unit.
_HIDDEN = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 — named, not used


def plan(config: Path, env: Mapping[str, str], *, system: bool, program: tuple[str, ...] | None = None) -> Service:
    """The service for this configuration; raises ConfigError where it cannot be read."""
    config = config.absolute()
    values = document.read(config).values
    folder = config.parent
    program = program or this_program()
    return Service(
        program=program,
        config=config,
        system=system,
        credentials=tuple(service_unit.linked_credentials(values)),
        secrets=folder / "credentials",
        environment=folder / "environment" if service_unit.named_variables(values) else None,
        state_home=env.get("XDG_STATE_HOME") or None,
        reads=() if system else service_sight.reads(values, folder, program),
        writes=() if system else service_sight.writes(values, config, env),
        namespaces=system or service_sight.namespaces(),
        log=Path.home() / "Library" / "Logs" / "job-alerts.log" if sys.platform == "darwin" else None,
    )


def this_program() -> tuple[str, ...]:
    """How this installation is called, wherever the service is started."""
    script = Path(sys.executable).absolute().with_name("job-alerts")
    return (str(script),) if os.access(script, os.X_OK) else (str(Path(sys.executable).absolute()), "-m", "alerts")


def obstacles(service: Service) -> Iterator[str]:
    """Why the service of the system could not work as things are, each with what to do."""
    if not service.system:
        return
    home = find.SYSTEM.parent
    if hidden := next((one for one in _programs(service) if _hidden(one)), None):
        yield (
            f"{hidden} lies where a service of the system cannot read; install it there:"
            " python3 -m venv /opt/job-alerts && /opt/job-alerts/bin/pip install FOLDER, and call that one;"
            " or run it for yourself alone: job-alerts service install --user"
        )
    if service.config.parent != home:
        yield f"the service of the system reads {find.SYSTEM}; put it there: install -Dm644 {service.config} {find.SYSTEM}"
    elif not service.config.stat().st_mode & 0o004:
        yield f"its own user cannot read {service.config}; keep secrets out of it, then: chmod 644 {service.config}"
    values = document.read(service.config).values
    settings = values.get("settings")
    if isinstance(settings, dict) and (given := settings.get("database")) and not is_server(str(given)):
        yield f"settings.database is {given!r}, but it may write below {find.SYSTEM_STATE} only; remove that line"


def remarks(service: Service) -> Iterator[str]:
    """What has to be handed over before the start."""
    values = document.read(service.config).values
    if not service.namespaces:
        yield "this machine lets nobody but root make namespaces, so the service sees all of your home; --system hides it"
    sudo = "sudo " if service.system else ""
    for name in service.credentials:
        if not _there(path := service.secrets / name):
            yield f"the secret {name}: type it, then Ctrl-D: {sudo}install -D -m 600 /dev/stdin {path}"
    for name in service_unit.named_variables(values):
        yield f"the secret {name}: a line {name}=… in {service.environment} (chmod 600)"
    if service.system:
        for file in service_unit.named_files(values):
            yield f"the secret file {file}: the service's own user must be able to read it; better: {{ credential = … }}"


def prepare(service: Service) -> None:
    """Make the folder of the database: what is not there cannot be shown to a service that sees nothing else."""
    for folder in service.writes[:1]:
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _programs(service: Service) -> Iterator[str]:
    """What has to be read for the call: the script, and the interpreter that it names."""
    yield service.program[0]
    yield os.path.realpath(service.program[0])
    if Path(service.program[0]).parent == Path(sys.executable).absolute().parent:
        yield os.path.realpath(sys.executable)


def _hidden(path: str) -> bool:
    return path.startswith(tuple(f"{folder}/" for folder in _HIDDEN))


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # not ours to see; whoever put it away knows
