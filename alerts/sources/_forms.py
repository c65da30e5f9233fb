"""Shared by kinds whose boards publish what the form of an application asks: one question from its parts."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.model.form import Question
from alerts.parse.markup import plain
from alerts.parse.values import line

#: Questions of one form, and choices of one question.
MOST, MOST_OPTIONS = 200, 400
_KINDS = {
    **dict.fromkeys(("input_text", "short_text", "text"), "text"),
    **dict.fromkeys(("textarea", "long_text"), "long"),
    **dict.fromkeys(("input_file", "attachment", "file-upload", "file"), "file"),
    **dict.fromkeys(("multi_value_single_select", "multiple-choice", "dropdown", "radio", "select"), "choice"),
    **dict.fromkeys(("boolean", "yes_no"), "choice"),
    **dict.fromkeys(("multi_value_multi_select", "multi_select", "multiple-select", "checkbox"), "choices"),
}  # fmt: skip


def question(
    label: object,
    kind: object,
    *,
    required: object = False,
    options: Iterable[object] = (),
    name: object = "",
    voluntary: bool = False,
) -> Question | None:
    """None where nothing is asked (a hidden field, no words)."""
    words, kind_said = line(plain(label), 500), line(kind) or "text"
    if not words or "hidden" in kind_said:
        return None
    found = tuple(said for each in options if (said := line(plain(each), 300)))[:MOST_OPTIONS]
    known = _KINDS.get(kind_said.lower(), "choice" if found else "text")
    return Question(words, bool(required), known, found, line(name) or "", voluntary)
