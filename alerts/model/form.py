"""What the form of an application asks, as far as its board publishes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, in the board's own words."""

    label: str
    required: bool = False
    #: text | long | choice | choices | file
    kind: str = "text"
    #: What can be chosen; empty where anything may be written.
    options: tuple[str, ...] = ()
    #: The board's own name of the field ("first_name").
    name: str = ""
    #: The board itself asks it for statistics, apart from the application.
    voluntary: bool = False
