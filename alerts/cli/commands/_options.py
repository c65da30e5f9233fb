"""The options of a kind in words: type, default, and what each is for, from the code itself."""

from __future__ import annotations

import inspect
import re
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from alerts.plugins import Family, load

#: What the options that most kinds share are for, where the kind itself says nothing.
_COMMON = {
    "base_url": "where the system answers, if not at its usual address",
    "company": "the employer's name, where the source tells none or another",
    "url": "the address that is read",
    "search": "the words to search for; without them, those of your searches",
    "pages": "the most pages to read at a time",
    "days": "only what was published within so many days",
    "key": "your own key",
    "remote": "only remote jobs",
    "place": "where",
    "headers": "headers that are sent along",
    "radius": "kilometres around the place",
    "token": "the board's own token, where it asks for one",
    "token_url": "where a token is asked for, if not at its usual address",
    "interface": "which of its interfaces the site speaks",
    "category": "only these",
    "level": "only these",
    "location": "only these",
}
#: "#: …" above a field, over one line or several.
_COMMENT = re.compile(r"((?:^[ \t]+#:.*\n)+)[ \t]+(\w+)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Option:
    """One key of a kind. ``default`` is None where there is none, or nothing to show."""

    name: str
    type: str
    required: bool
    default: Any
    description: str


@cache
def options(family: Family, kind: str) -> tuple[Option, ...]:
    """The options of a kind, those that must be given first."""
    model: type[BaseModel] = load(family, kind).Options
    told = {**_from_docstring(model), **_from_comments(model)}
    found = [
        Option(
            field.alias or name,
            _type(field.annotation),
            field.is_required(),
            _default(field),
            field.description or told.get(name) or (_COMMON.get(name, "") if family == "sources" else ""),
        )
        for name, field in model.model_fields.items()
    ]
    return tuple(sorted(found, key=lambda option: not option.required))


def _from_comments(model: type[BaseModel]) -> dict[str, str]:
    """The ``#:`` comments above the fields of a model and of those that it is made from; "" where the source is not there."""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part.__module__.partition(".")[0] != "pydantic":
            try:
                source = inspect.getsource(part)
            except (OSError, TypeError):
                continue
            for comment, name in _COMMENT.findall(source):
                found[name] = _sentence(comment.replace("#:", " "))
    return found


def _from_docstring(model: type[BaseModel]) -> dict[str, str]:
    """What a docstring says of single options: "``site``: the name …", "``host`` as in …"."""
    said = " ".join((inspect.getdoc(model) or "").split("\n\n")[0].split())
    names = "|".join(map(re.escape, model.model_fields)) or "-"
    starts = list(re.finditer(rf"(?:^|(?<=[.;,] )|(?<=and ))``({names})``(?=[: ,])", said))
    found: dict[str, str] = {}
    end, words = len(said), ""
    for start in reversed(starts):
        own = re.sub(r"[,;.]?\s*(?:and\s*)?$", "", said[start.end() : end])
        # "``site`` and ``uid`` as in …" speaks of both.
        words = _sentence(re.sub(r"^(?:: | is |, )", "", own).strip()) or words
        found[start[1]], end = words if not words.startswith("(") else "", start.start()
    return found


def _sentence(words: str) -> str:
    """One line without marks of code and without the full stop."""
    line = " ".join(words.split()).replace("``", "").removesuffix(".")
    return line[:1].lower() + line[1:] if line[1:2].islower() or line[1:2] == " " else line


def _default(field: FieldInfo) -> Any:
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    if default in ((), {}, [], ""):
        return None
    return default if isinstance(default, str | int | float | list | dict) or default is None else str(default)


def _type(annotation: Any) -> str:
    """A type in words."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(inner[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(each) for each in inner if each is not type(None)))
    if origin is typing.Literal:
        return " or ".join(f'"{each}"' for each in inner)
    if origin in (list, tuple):
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return "table"
    words = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return words.get(annotation, "secret" if "Secret" in str(annotation) else str(getattr(annotation, "__name__", annotation)))
