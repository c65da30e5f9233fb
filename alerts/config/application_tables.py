"""The tables ``[letter]`` and ``[applications]``: a program that drafts letters, and how one is reminded."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.config import build
from alerts.config.document import Document
from alerts.config.problems import Problems
from alerts.config.schema import ApplicationsTable, LetterTable
from alerts.config.table import table_of
from alerts.model.plan import LetterProgram, Reminding


def letter(doc: Document, problems: Problems, env: Mapping[str, str]) -> LetterProgram | None:
    """The program; None where none is named. A secret that cannot be read is said when it is needed."""
    value, missing = doc.values.get("letter"), None
    if value is None:
        return None
    if isinstance(value, dict):
        known = build.given(value, doc, ("letter",), problems, env)
        value, missing = known.options, known.why
    table = table_of(doc, ("letter",), value, LetterTable, problems)
    if table is None or table.command is None:
        return None
    return LetterProgram(table.command, table.timeout, table.env, missing)


def reminding(doc: Document, problems: Problems) -> Reminding:
    """How one is reminded of applications; without the table, as it is by default."""
    table = table_of(doc, ("applications",), doc.values.get("applications", {}), ApplicationsTable, problems)
    return Reminding(table.channel, table.nudge, table.remind) if table else Reminding()
