"""What a person's service must see of a home that its unit hides, and whether this machine can hide anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from alerts.config import find

#: Hidden by the unit: ProtectHome. What lies elsewhere is seen anyway.
_HOMES = (Path("/home"), Path("/root"))
#: Kinds of channels that write a file of the user's, by their option ``path``.
_WRITING = frozenset({"file", "feed"})


def namespaces() -> bool:
    """May a person make namespaces here? Some systems keep that for root."""
    if sys.platform != "linux" or not (tool := shutil.which("unshare")):
        return True
    words = [tool, "--user", "--map-root-user", "--mount", "true"]
    return subprocess.run(words, check=False, capture_output=True, timeout=10).returncode == 0  # noqa: S603


def reads(values: object, folder: Path, program: Iterable[str]) -> tuple[Path, ...]:
    """The program with all that it is made of, the configuration's folder, and what the configuration names."""
    made_of = [*program, os.path.realpath(sys.executable), sys.prefix, sys.base_prefix, *filter(None, sys.path)]
    return _outermost([folder, *map(Path, made_of), *_named(values, folder)])


def writes(values: Mapping[str, object], config: Path, env: Mapping[str, str]) -> tuple[Path, ...]:
    """The folder of the database, those of the files that channels write, and those of kept logins."""
    settings = values.get("settings")
    given = settings.get("database") if isinstance(settings, dict) else None
    database = config.parent / Path(given).expanduser() if isinstance(given, str) else find.state_folder(config, env) / "a"
    channels = values.get("channels")
    tables = [one for one in channels.values() if isinstance(one, dict)] if isinstance(channels, dict) else []
    paths = [one["path"] for one in tables if one.get("kind") in _WRITING and isinstance(one.get("path"), str)]
    files = [(config.parent / Path(one).expanduser()).parent for one in paths]
    return tuple(dict.fromkeys([database.parent, *files, *_logins(tables, config.parent)]))


def _logins(tables: Iterable[Mapping[str, object]], folder: Path) -> Iterator[Path]:
    """Where kept logins are renewed: providers hand out another refresh token now and then."""
    for oauth in (one.get("oauth") for one in tables):
        if isinstance(oauth, dict):
            yield folder / Path(str(oauth.get("kept_in") or "logins")).expanduser()


def _named(values: object, folder: Path) -> Iterator[Path]:
    """Every file that a text of the configuration names: templates, secrets, authorities, the program of a command."""
    for text in _texts(values):
        if "\x00" not in text and len(text) < 1000:
            place = folder / Path(text).expanduser() if text.startswith("~/") else folder / text
            if text.startswith(("/", "~/", "../")) and place.exists():
                yield place


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict | list):
        for one in values.values() if isinstance(values, dict) else values:
            yield from _texts(one)


def _outermost(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those in a home, each once, and none in another; a home itself is not shown whole."""
    inside = {path.absolute() for path in paths if any(home in path.absolute().parents for home in _HOMES)}
    inside = {path for path in inside if path.parent not in (Path("/home"), Path("/")) and path != Path.home()}
    return tuple(sorted(path for path in inside if not any(other in path.parents for other in inside)))
