"""Predictions for the salary task: the headline pay of each string, read from its text and place alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from alerts.model.raw import RawPay, RawPlace
from alerts.normalise import pay, places


def predict(folder: Path) -> Iterator[dict[str, object]]:
    """``{id, min, max, currency, period}`` for each row of ``FOLDER/salary.jsonl``; only id, text and place are looked at."""
    for line in (folder / "salary.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield one(row["id"], row["text"], row.get("context_location"))


def one(name: str, text: str, place: str | None) -> dict[str, object]:
    """The answer for one string, read as a source's field of words is."""
    found = pay.headline(pay.from_fields((RawPay(text=text),), country=country_of(place)))
    if found is None:
        return {"id": name, "min": None, "max": None, "currency": None, "period": None}
    return {"id": name, "min": found.min, "max": found.max, "currency": found.currency, "period": found.period}


def country_of(place: str | None) -> str | None:
    """The one country of a place in words; None where it names none or several."""
    if not place:
        return None
    found = {known.country for known in places.read((RawPlace(text=place),)) if known.country}
    return found.pop() if len(found) == 1 else pay.country_hint(place)
