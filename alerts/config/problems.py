"""The mistakes found in the configuration, each as one line with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ValidationError

from alerts.config.document import Document, Place

#: Is a secret that cannot be read a mistake? *needed*: yes. *checked*: yes, but for a credential that systemd hands to the
#: service alone, which is remarked. *where there*: no; what needs it is left out and says so.
SecretsPolicy = Literal["needed", "checked", "where there"]


@dataclass
class Problems:
    """The mistakes found so far; and remarks, which are no mistakes."""

    secrets: SecretsPolicy = "needed"

    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, doc: Document, place: Place, message: str) -> None:
        """Note a mistake at a place of a file."""
        line = f"{doc.where(place)}: {dotted(place)}: {message}"
        if line not in self.lines:
            self.lines.append(line)

    def secret(self, doc: Document, place: Place, message: str, *, of_the_service: bool) -> None:
        """Note a secret that cannot be read, as far as that is a mistake."""
        if self.secrets == "needed" or (self.secrets == "checked" and not of_the_service):
            self.add(doc, place, message)
        elif self.secrets == "checked":
            self.remarks.append(f"{dotted(place)}: systemd hands this credential to the service; it could not be checked here")

    def in_order(self) -> list[str]:
        """All mistakes as they stand in the files, from top to bottom."""
        files: dict[str, int] = {}

        def place(line: str) -> tuple[int, int]:
            found = re.match(r"(.+?)(?::(\d+))?: ", line)
            name, number = (found[1], int(found[2] or 0)) if found else ("", 0)
            return files.setdefault(name, len(files)), number

        return sorted(self.lines, key=place)

    def validation(self, doc: Document, place: Place, error: ValidationError, known: Iterable[str]) -> None:
        """Note what pydantic found; unknown keys with the nearest known one."""
        for found in error.errors(include_url=False, include_input=False, include_context=False):
            where = place + tuple(part for part in found["loc"] if part not in ("function-after", "constrained-str"))
            if found["type"] == "extra_forbidden":
                self.add(doc, where, unknown_key(str(found["loc"][-1]), known))
            else:
                self.add(doc, where, _plain(found["type"], found["msg"]))


def _plain(kind: str, message: str) -> str:
    """What pydantic says, in the words of the other messages."""
    if kind == "missing":
        return "is missing and must be given"
    return message.removeprefix("Value error, ").replace("Input should be", "must be", 1)


def dotted(place: Place) -> str:
    """``searches[2].title`` for ("searches", 1, "title"); numbers count from 1, as people do."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def unknown_key(key: str, known: Iterable[str]) -> str:
    """What to say of an unknown key."""
    near = difflib.get_close_matches(key, list(known), 1, 0.6)
    return f'unknown key; did you mean "{near[0]}"?' if near else f"unknown key; known here: {', '.join(sorted(known))}"
