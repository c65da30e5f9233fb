"""The mistakes found in the configuration, each as one line with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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
        said: dict[Place, list[str]] = {}
        for found in error.errors(include_url=False, include_input=False):
            where = place + _path(doc, place, found)
            unknown = found["type"] == "extra_forbidden"
            said.setdefault(where, []).append(unknown_key(str(found["loc"][-1]), known) if unknown else _plain(found))
        for where, messages in said.items():
            # Of a value that may be of several kinds, each says what it wants.
            first, *others = dict.fromkeys(messages)
            self.add(doc, where, " or ".join([first, *(other.removeprefix("must be ") for other in others)]))


def _path(doc: Document, place: Place, found: Mapping[str, Any]) -> Place:
    """Where in the file the mistake is: of pydantic's place only what stands there, for the rest names its own machinery."""
    value: Any = doc.values
    for part in place:
        value = value[part] if isinstance(value, (dict, list)) else None  # type: ignore[index]
    kept: list[str | int] = []
    for number, part in enumerate(found["loc"]):
        inside = part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int)
        if inside:
            value = value[part]
        if inside or (found["type"] == "missing" and number == len(found["loc"]) - 1):
            kept.append(part)
    return tuple(kept)


#: What a value must be, by pydantic's type of error; {…} is filled from its context.
_MUST = {
    "missing": "is missing and must be given",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "tuple_type": 'must be a list, such as ["…"]',
    "list_type": 'must be a list, such as ["…"]',
    "path_type": "must be the path of a file, in quotes",
    "is_instance_of": "must be text in quotes",
    "dataclass_type": "must be text in quotes",
}
#: … and by the beginning of the type.
_MUST_BE = {
    "int_": "must be a whole number",
    "float_": "must be a number",
    "bool_": "must be true or false",
    "time_delta_": 'must be a span of time, such as "30m", "8h" or "7d"',
    "dict_": "must be a table",
    "mapping_": "must be a table",
    "model_": "must be a table",
    "url_": "must be an address, such as https://example.org/",
    "string_pattern_": "does not have the form that is expected here ({pattern})",
}


def _plain(found: Mapping[str, Any]) -> str:
    """What pydantic found, in the words of the other messages."""
    kind = found["type"]
    begins = (words for start, words in _MUST_BE.items() if kind.startswith(start))
    if words := _MUST.get(kind) or next(begins, None):
        return words.format_map(found.get("ctx") or {})
    return str(found["msg"]).removeprefix("Value error, ").replace("Input should be", "must be", 1)


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
