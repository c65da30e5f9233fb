"""Kept messages and the documented schema are what the program makes.

To write them anew: python tests/render/test_documents.py
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.model.message import Limits
from alerts.render import email, samples, slack, text, webhook
from alerts.render.payload import JobAlerts

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[2] / "docs" / "webhook.md"


def made() -> dict[str, str]:
    """File name → what it holds."""
    digest = samples.batch(*samples.several(), heading="Morning digest", more=3)
    rows = samples.batch(*samples.several() * 3, heading="Morning digest", more=12)
    one = samples.batch(samples.platform_manager())
    mail = email.render(digest)
    return {
        "digest.subject.txt": f"{mail.subject}\n{email.render(one).subject}\n",
        "digest.txt": mail.text,
        "digest.html": mail.html or "",
        "rows.txt": text.render(rows).text,
        "rows.html": email.render(rows).html or "",
        "rows.slack.json": pretty(dict(slack.render(rows).payload)),
        "one.txt": text.render(samples.batch(samples.pay_rise(), limits=Limits(1, 3_800))).text,
        "slack.json": pretty(dict(slack.render(digest).payload)),
        "webhook.json": pretty(json.loads(webhook.render(replace(one, limits=Limits(50, 20_000))).text)),
    }


def pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def documented() -> tuple[str, str]:
    """The example and the schema in the documentation."""
    example, schema = re.findall(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return example, schema


@pytest.mark.parametrize("name", made())
def test_messages_are_as_they_were_looked_at(name: str) -> None:
    assert made()[name] == (GOLDEN / name).read_text("utf-8")


def test_the_documented_schema_is_the_models() -> None:
    example, schema = documented()
    assert schema == pretty(JobAlerts.model_json_schema())
    assert example == made()["webhook.json"]
    JobAlerts.model_validate_json(example)


def test_every_field_that_a_posting_has_is_in_the_schema() -> None:
    """All that was normalised is sent, under the names that ``read --json`` uses."""
    from dataclasses import fields

    from alerts.model.posting import Posting
    from alerts.render.payload import PostingData

    ours = {field.name for field in fields(Posting)} - {"company_key", "group", "places"} | {"locations"}
    assert set(PostingData.model_fields) == ours


def write() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, content in made().items():
        (GOLDEN / name).write_text(content, "utf-8")
    blocks = iter((made()["webhook.json"], pretty(JobAlerts.model_json_schema())))
    page = re.sub(r"```json\n.*?```", lambda _: f"```json\n{next(blocks)}```", DOCS.read_text("utf-8"), flags=re.DOTALL)
    DOCS.write_text(page, "utf-8")


if __name__ == "__main__":
    write()
