"""Answers to single cases (``FOLDER/cases.jsonl``): one posting, page, search, pair or address each."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alerts import plugins
from alerts.dedupe.address import identify
from alerts.dedupe.canonical import canonical
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import judge
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.model.errors import AlertsError
from alerts.model.page import Page, Request
from alerts.model.posting import Posting
from alerts.model.raw import RawPay, RawPlace, RawPosting
from alerts.model.search import Search
from alerts.normalise.posting import normalise

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
#: The fields of a raw posting that are tuples.
LISTS = {"work", "remote_areas", "employment", "level", "category", "industry", "tags"}


def predict(folder: Path) -> Iterator[dict[str, object]]:
    """One answer a case; only what a case gives is looked at, never what it expects."""
    for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        answer = globals()[f"answer_{case['kind']}"]
        yield {"id": case["id"], **answer(case)}


def answer_posting(case: dict[str, Any]) -> dict[str, object]:
    return {"posting": said(posting(case["raw"], remote=case.get("remote", False)))}


def answer_page(case: dict[str, Any]) -> dict[str, object]:
    kind = plugins.load("sources", case["source"])
    given = case.get("options") or {}
    options = kind.Options.model_validate({"url": case["url"], **given} if "url" in kind.Options.model_fields else given)
    body = base64.b64decode(case["body_base64"]) if "body_base64" in case else case["body"].encode()
    headers = {"content-type": case["content_type"]} if case.get("content_type") else {}
    page = Page(Request(case["url"]), case["url"], body, NOW, headers=headers)
    try:
        reading = kind.read(page, options)
    except AlertsError as error:
        return {"postings": [], "error": str(error)}
    remote = kind.ABOUT.remote
    return {
        "postings": [said(normalise(raw, source="one", now=NOW, remote=remote, company=reading.name)) for raw in reading.postings]
    }


def answer_search(case: dict[str, Any]) -> dict[str, object]:
    keys = {key: tuple(value) if isinstance(value, list) else value for key, value in case["search"].items()}
    try:
        compiled = compile_search(Search(name="case", **keys))
    except AlertsError as error:
        return {"answer": "error", "error": str(error)}
    return {"answer": str(evaluate(compiled, posting(case["raw"]), now=NOW).answer)}


def answer_pair(case: dict[str, Any]) -> dict[str, object]:
    one, two = (side(case[name], source) for name, source in (("a", "one"), ("b", "two")))
    return {"answer": judge(one, two).relation}


def answer_address(case: dict[str, Any]) -> dict[str, object]:
    one, two = identify(case["a"]), identify(case["b"])
    same = one == two if one and two else canonical(case["a"]) == canonical(case["b"])
    return {"answer": "same" if same else "different"}


def side(raw: dict[str, Any], source: str) -> Any:
    """The fingerprint of one side of a pair."""
    raw = dict(raw)
    seen = datetime.fromisoformat(raw.pop("seen")) if raw.get("seen") else NOW
    seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    return fingerprint(posting(raw, source=raw.pop("source", source)), with_text=True, seen=seen)


def posting(raw: dict[str, Any], *, source: str = "one", remote: bool = False) -> Posting:
    """One raw posting, normalised."""
    given = {"source_id": "1", "url": "https://example.org/jobs/1", "title": "Engineer"} | raw
    given.pop("source", None)
    given.pop("seen", None)
    made = {key: tuple(value) if key in LISTS and isinstance(value, list) else value for key, value in given.items()}
    made["places"] = tuple(RawPlace(**place) for place in given.get("places", ()))
    made["pay"] = tuple(RawPay(**pay) for pay in given.get("pay", ()))
    return normalise(RawPosting(**made), source=source, now=NOW, remote=remote)


def said(one: Posting) -> dict[str, object]:
    """The fields of a posting that a case may ask for."""
    plain = ("title", "company", "url", "text", "work", "remote_scope", "remote_excluded", "employment", "tags", "level")
    facts = ("experience", "category", "industry", "language", "requisition")
    dates = {name: value.isoformat() if (value := getattr(one, name)) else None for name in ("posted", "updated", "expires")}
    return {
        **{name: getattr(one, name) for name in (*plain, *facts)},
        "level": one.levels or one.level,
        **dates,
        "posted:days": (NOW - one.posted).total_seconds() / 86400 if one.posted else None,
        "pay": [one.pay.min, one.pay.max, one.pay.currency, one.pay.period] if one.pay else None,
        "places": [[place.city, place.country] for place in one.places],
        "countries": list(dict.fromkeys(place.country for place in one.places if place.country)),
        **{f"eligibility:{fact.topic}": fact.answer for fact in one.eligibility},
    }
