"""One TOML file: its values, and the line of every key, so that a mistake can be shown where it stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from alerts.model.errors import ConfigError

#: A configuration of more bytes than this is some other file.
MOST_BYTES = 4 * 1024 * 1024
_KEY_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_KEY_PART}(?:\s*\.\s*{_KEY_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=")
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a file and the line on which each table and key stands."""

    path: Path
    values: dict[str, object]
    lines: dict[Place, int] = field(repr=False)

    def where(self, place: Place) -> str:
        """``file:line`` of the key at ``place``, or of the nearest table around it."""
        for length in range(len(place), 0, -1):
            if line := self.lines.get(place[:length]):
                return f"{self.path}:{line}"
        return str(self.path)


def read(path: Path) -> Document:
    """Read one file; raises ConfigError with one line that says what is wrong and where."""
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError([f"{path}:{line[1] if line else len(text.splitlines())}: not valid TOML: {error}"]) from None
    except (RecursionError, ValueError) as error:
        raise ConfigError([f"{path}: not usable as TOML: {type(error).__name__}: {str(error)[:120]}"]) from None
    return Document(path, values, _lines(text))


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            missing = "is not a file" if path.exists() else "does not exist; write one with: job-alerts init"
            raise ConfigError([f"{path}: {missing}"])
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ConfigError([f"{path}: larger than {MOST_BYTES // 2**20} MiB; this cannot be a configuration"])
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([f"{path}:{line}: not UTF-8; save the file as UTF-8"]) from None


def _lines(text: str) -> dict[Place, int]:
    """The line of each header and key. Keys inside a multi-line value are not told apart: their table is near enough."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = tuple(_parts(header[2]))
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif pair := _PAIR.match(line):
            place = table + tuple(_parts(pair[1]))
            lines.setdefault(place, number)
    return lines


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY_PART, dotted)]
