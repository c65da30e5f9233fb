"""Greenhouse job boards: the public Job Board API, whole board in one answer.

Endpoint: ``GET {base_url}/v1/boards/{board}/jobs?content=true&pay_transparency=true``; boards of the EU region answer at the
same address. Gives id, title, company, places as one free text, departments, offices, text as escaped HTML, pay ranges where the
employer publishes them, and ``internal_job_id``, which the rows of one job in several cities share. Lacks the work type and
employment type, except where an employer has made metadata fields for them. Dates: ``first_published`` is the posting date;
``updated_at`` moves whenever anything in the account is touched (it lies weeks after the posting on most rows), so it is
handed on as *updated* only. ``requisition_id`` holds placeholders on large boards and is not used.

The form: ``GET {base_url}/v1/boards/{board}/jobs/{id}?questions=true`` has ``questions`` and ``location_questions`` (label,
required, fields with name, type and values), ``compliance`` and ``demographic_questions``, which are voluntary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from alerts.model.form import Question
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.posting import Posting
from alerts.model.raw import About, RawPay, Reading
from alerts.parse.addresses import parts, spoken, token
from alerts.parse.build import Postings, pay
from alerts.parse.jsontext import listed, load
from alerts.parse.markup import unescape
from alerts.parse.values import line, mapping, mappings, number, path, texts
from alerts.sources._forms import MOST, question
from alerts.sources._keys import BaseUrl, Token

ABOUT = About("Greenhouse")

_HOSTS = {"boards.greenhouse.io", "job-boards.greenhouse.io", "boards.eu.greenhouse.io", "job-boards.eu.greenhouse.io"}
_WORK = re.compile(r"work(?:place|ing)?[ _-]*(?:type|model|mode|style)|location[ _-]type|remote", re.IGNORECASE)
_EMPLOYMENT = re.compile(
    r"^(?:employment|contract|time|job|position) ?type$|^employment (?:length|status)$|^duration$", re.IGNORECASE
)


class Options(_Options):
    """``board``: the name in the board's address (boards.greenhouse.io/NAME)."""

    board: Token
    base_url: BaseUrl = "https://boards-api.greenhouse.io"


def recognise(address: str) -> dict[str, object] | None:
    """Boards, jobs and embedded forms on Greenhouse's hosts, and its API addresses."""
    given = parts(address)
    if given is None:
        return None
    if given.host in {"boards-api.greenhouse.io", "api.greenhouse.io"} and given.steps[:2] == ("v1", "boards"):
        board = token(given.step(2))
    elif given.host in _HOSTS:
        board = token(given.query.get("for") if given.step(0) == "embed" else given.step(0))
    else:
        return None
    return {"board": board} if board else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """One request for the whole board."""
    return (Request(f"{options.base_url}/v1/boards/{options.board}/jobs?content=true&pay_transparency=true"),)


def read(page: Page, options: Options) -> Reading:
    """The jobs of ``{jobs: […]}``, of the tree of departments, or of a bare list."""
    answer = load(page.body)
    found = Postings(page.url)
    for row in _rows(answer):
        content = unescape(row.get("content"))
        metadata = list(mappings(row.get("metadata")))
        found.add(
            row.get("id"),
            row.get("absolute_url") or f"https://boards.greenhouse.io/{options.board}/jobs/{line(row.get('id')) or ''}",
            row.get("title"),
            company=row.get("company_name") or spoken(options.board),
            places=re.split(r"\s*[;|]\s*", line(path(row, "location.name")) or ""),
            work=_said(metadata, _WORK),
            employment=_said(metadata, _EMPLOYMENT),
            pay=[*_ranges(row), *_metadata_ranges(metadata)],
            category=texts(row.get("departments"), of="name"),
            posted=row.get("first_published"),
            updated=row.get("updated_at"),
            expires=row.get("application_deadline"),
            html=content,
            language=row.get("language"),
            group=row.get("internal_job_id"),
            detailed=content is not None,
        )
    return found.reading(complete=True)


def _rows(answer: Any) -> Iterator[dict[str, Any]]:
    if "departments" in mapping(answer) and "jobs" not in answer:
        waiting = list(mappings(answer["departments"]))
        while waiting:
            department = waiting.pop(0)
            waiting.extend(mappings(department.get("children")))
            for row in mappings(department.get("jobs")):
                yield {"departments": [department]} | row
    else:
        yield from mappings(listed(answer, "jobs"))


def _said(metadata: list[dict[str, Any]], names: re.Pattern[str]) -> list[str]:
    return [word for field in metadata if names.search(line(field.get("name")) or "") for word in texts(field.get("value"))]


def _ranges(row: dict[str, Any]) -> Iterator[RawPay | None]:
    """The ranges of ``pay_transparency=true``; amounts in cents, the period only in the heading's words, if at all."""
    for each in mappings(row.get("pay_input_ranges")):
        low, high = ((cents / 100 if cents else None) for cents in (number(each.get("min_cents")), number(each.get("max_cents"))))
        yield pay(low, high, each.get("currency_type"), said=each.get("title"))


def _metadata_ranges(metadata: list[dict[str, Any]]) -> Iterator[RawPay | None]:
    for field in metadata:
        if field.get("value_type") == "currency_range":
            value = mapping(field.get("value"))
            yield pay(value.get("min_value"), value.get("max_value"), value.get("unit"))
        elif field.get("value_type") == "currency":
            value = mapping(field.get("value"))
            yield pay(value.get("amount"), value.get("amount"), value.get("unit"))


def form(posting: Posting, options: Options) -> Request | None:
    """Where the questions of one job's form are."""
    for address in (posting.apply_url, posting.url):
        given = parts(address) if address else None
        job = given and (given.query.get("gh_jid") or given.query.get("token") or next(filter(str.isdecimal, given.steps), None))
        if job and job.isdecimal():
            return Request(f"{options.base_url}/v1/boards/{options.board}/jobs/{job}?questions=true", conditional=False)
    return None


def read_form(page: Page, options: Options) -> tuple[Question, ...]:
    """The questions, the voluntary ones last."""
    answer = mapping(load(page.body))
    asked = [*mappings(answer.get("questions")), *mappings(answer.get("location_questions"))]
    found = [_question(row, voluntary=False) for row in asked]
    found += [
        _question(row, voluntary=True) for part in mappings(answer.get("compliance")) for row in mappings(part.get("questions"))
    ]
    for row in mappings(mapping(answer.get("demographic_questions")).get("questions")):
        choices = (each.get("label") for each in mappings(row.get("answer_options")))
        found.append(question(row.get("label"), row.get("type"), required=row.get("required"), options=choices, voluntary=True))
    return tuple(filter(None, found))[:MOST]


def _question(row: dict[str, Any], *, voluntary: bool) -> Question | None:
    """A question with several fields (a file or its text) is asked by the first."""
    field = next(mappings(row.get("fields")), {})
    choices = (each.get("label") for each in mappings(field.get("values")))
    required, name = row.get("required"), field.get("name")
    return question(row.get("label"), field.get("type"), required=required, options=choices, name=name, voluntary=voluntary)
