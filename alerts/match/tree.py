"""A search as a tree: all, any and not over conditions; equal conditions are equal values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from alerts.match.says import Expression
from alerts.model.search import Answer


@dataclass(frozen=True, slots=True)
class Says:
    """The posting says it in one of the fields."""

    fields: tuple[str, ...]
    expression: Expression
    #: As the user wrote it; no part of what it means.
    wanted: str = field(default="", compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A condition on a value of the posting. ``kind`` names the check, ``value`` is what it compares with."""

    kind: str
    value: object
    wanted: str = field(default="", compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple[Node, ...]
    key: str = field(default="all", compare=False)
    wanted: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part."""

    parts: tuple[Node, ...]
    key: str = field(default="any", compare=False)
    wanted: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node
    key: str = field(default="not", compare=False)
    wanted: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """Unknown becomes no (``keep`` False) or yes (``keep`` True)."""

    part: Node
    keep: bool = False
    key: str = field(default="known", compare=False)
    wanted: str = field(default="", compare=False)


Node: TypeAlias = Says | Is | All | Any | Not | Known


def all_of(answers: list[Answer]) -> Answer:
    """No beats unknown beats yes; nothing asked is yes."""
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def any_of(answers: list[Answer]) -> Answer:
    """Yes beats unknown beats no."""
    if Answer.YES in answers:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.NO


def opposite(answer: Answer) -> Answer:
    """Unknown stays unknown."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}[answer]
