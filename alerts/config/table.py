"""One table of the file → its model; its mistakes are collected, and what is good of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from alerts.config.document import Document, Place
from alerts.config.problems import Problems
from alerts.config.schema import Table

AnyTable = TypeVar("AnyTable", bound=Table)


def table_of(doc: Document, place: Place, value: object, model: type[AnyTable], problems: Problems) -> AnyTable | None:
    """The table at a place, None where nothing of it can be used."""
    if not isinstance(value, dict):
        shape = "[[" + str(place[0]) + "]]" if len(place) > 1 else f"[{place[0]}]"
        problems.add(doc, place, f"must be a table; write it under {shape}")
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems.validation(doc, place, error, model.model_fields)
        return _rest(value, error, model)


def _rest(value: Mapping[str, object], error: ValidationError, model: type[AnyTable]) -> AnyTable | None:
    """The table without its mistaken keys, so that the other mistakes in it are found in the same call."""
    mistaken = {found["loc"][0] for found in error.errors() if found["loc"]}
    try:
        return model.model_validate({key: part for key, part in value.items() if key not in mistaken})
    except ValidationError:
        return None
