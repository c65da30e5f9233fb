"""A search as it stands in the file, and as the form or the text on the page would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alerts.config import edit_search
from alerts.config.edit_search import Placed
from alerts.config.load import checked_search
from alerts.desk import search_fields
from alerts.desk.call import Call
from alerts.match.as_table import KEYS, from_text
from alerts.match.query_fields import QueryError
from alerts.match.write import to_query
from alerts.model.errors import UsageError
from alerts.model.plan import SavedSearch
from alerts.model.search import Search


@dataclass
class Draft:
    """What a page of a search shows."""

    slug: str
    #: None: a new one.
    placed: Placed | None
    file: Path
    #: The file as it is.
    old: str
    table: dict[str, Any]
    values: dict[str, Any]
    text: str
    saved: SavedSearch | None = None
    before: SavedSearch | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    #: The file as it would be.
    new: str = ""
    diff: list[tuple[str, str]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Would the file change?"""
        return self.new != self.old


def placed(call: Call) -> dict[str, Placed]:
    """Address → search, rested ones too."""
    found = edit_search.placed(call.plan.path)
    return dict(zip(search_fields.slugs(one.name for one in found), found, strict=True))


def draft(call: Call, form: Mapping[str, list[str]] | None = None) -> Draft:
    """The search of the address as it is saved or, with a form, as it was typed. Raises LookupError."""
    slug = call.params["search"]
    one = None if slug == "new" else placed(call)[slug]
    file = one.file if one else call.plan.path
    base = dict(one.table) if one else {}
    found = Draft(slug, one, file, edit_search.text_of(file), base, search_fields.fields_of(base), "")
    if one:
        found.before, _ = checked_search(base, file, call.plan)
    _read(found, call, form)
    if found.saved:
        found.text = to_query(found.saved.search)
        found.values = search_fields.fields_of(found.table)
    elif form is None and not one:
        found.wrong = {}
    _write(found)
    return found


def _read(found: Draft, call: Call, form: Mapping[str, list[str]] | None) -> None:
    base = found.table
    if form is not None:
        found.values, found.text = search_fields.typed(form), form.get("text", [""])[0]
        found.table, found.wrong = search_fields.table_of(found.values, base)
        if _is_text(form):
            _from_text(found, found.before.search if found.before else Search(""))
    if not found.wrong:
        found.saved, found.wrong = checked_search(found.table, found.file, call.plan)
    others = [one.name for one in edit_search.placed(call.plan.path) if one != found.placed]
    if found.table.get("name") in others:
        found.wrong["name"], found.saved = "another search has this name; names must be unique", None


def _is_text(form: Mapping[str, list[str]]) -> bool:
    """Does the text count, or the form? The button says it; else which was changed."""
    do = form.get("do", [""])[0]
    if do in ("preview-form", "preview-text"):
        return do == "preview-text"
    was = form.get("text_was", [""])[0]
    return form.get("edited", ["form"])[0] == "text" or form.get("text", [was])[0].split() != was.split()


def _from_text(found: Draft, before: Search) -> None:
    try:
        keys, unknown = from_text(found.text, before) if found.text.strip() else ({}, {})
    except QueryError as error:
        found.wrong["text"] = str(error)
        return
    fields = search_fields.fields_of({key: list(value) if isinstance(value, tuple) else value for key, value in keys.items()})
    found.values |= {key: fields[key] for key in KEYS}
    found.values["unknown_for"] = "\n".join(f"{key}: {policy}" for key, policy in unknown.items())
    found.table, found.wrong = search_fields.table_of(found.values, dict(found.placed.table) if found.placed else {})


def _write(found: Draft) -> None:
    """What would stand in the file."""
    found.new, one = found.old, found.placed
    if not found.saved:
        return
    try:
        if one:
            found.new = edit_search.changed(found.old, one.number, found.table)
            at: int | None = one.number
        else:
            found.new = edit_search.added(found.old, found.table)
            at = None
        if found.changed:
            last = edit_search.count(found.new) - 1
            found.diff = edit_search.difference(found.old, found.new, at, last if at is None else at)
    except UsageError as error:
        found.wrong[""] = str(error)


def replaced_word(form: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The form with one word in the place of another: “Did you mean”."""
    old, _, new = form.get("instead", [""])[0].partition("=")
    if not old or not new:
        return dict(form)
    keys = {*search_fields.LISTS, "text", "text_was", "query"}
    return {key: [one.replace(old, new) for one in values] if key in keys else values for key, values in form.items()}


def ready(saved: SavedSearch, call: Call) -> SavedSearch:
    """With the texts that ``like`` names."""
    from alerts.acts.like_texts import settled

    return settled(saved, call.store)
