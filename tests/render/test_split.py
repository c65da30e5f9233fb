"""Alerts over messages: all of them, in order, each message within its channel's limits as the finished message counts."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import plugins
from alerts.model.alert import Alert
from alerts.model.errors import RenderError
from alerts.model.message import Limits, Message
from alerts.render import email, samples, slack, text, webhook
from alerts.render.batch import Batch
from alerts.render.split import most

FORMS: dict[str, ModuleType] = {"email": email, "slack": slack, "text": text, "webhook": webhook}


def size(form: str, message: Message) -> int:
    if form == "email":
        return len((message.html or "").encode())
    if form == "slack":
        blocks: list[dict[str, dict[str, str]]] = message.payload["blocks"]  # type: ignore[assignment]
        return sum(
            len(part["text"]["text"]) if "text" in part else sum(len(e["text"]) for e in part["elements"]) for part in blocks
        )  # type: ignore[call-overload,misc]
    return len(message.text.encode())


def many(count: int, words: int) -> tuple[Alert, ...]:
    """Alerts of every event and of two searches, each with so many words of text and title."""
    base = samples.several()
    made = []
    for at in range(count):
        one = base[at % 4]
        shown = replace(one.posting, title=f"{one.posting.title} {'ö' * (words % 180)}", text="wörd " * words)
        made.append(replace(one, id=f"id-{at}", posting=shown, search=f"search {at % 2}"))
    return tuple(made)


@pytest.mark.parametrize("kind", plugins.kinds("channels"))
@given(count=st.integers(1, 60), words=st.sampled_from([0, 10, 150, 3_000]))
@settings(max_examples=8, deadline=None)
def test_nothing_is_lost_and_every_part_fits(kind: str, count: int, words: int) -> None:
    channel = plugins.load("channels", kind)
    form, limits = FORMS[channel.FORM], channel.LIMITS
    alerts = many(count, words)
    parts = form.parts(alerts, limits)
    told = [alert.id for part in parts for alert in part]
    assert sorted(told) == sorted(alert.id for alert in alerts)
    for search in ("search 0", "search 1"):
        assert [alert.id for part in parts for alert in part if alert.search == search] == [
            a.id for a in alerts if a.search == search
        ]
    for at, part in enumerate(parts):
        assert 0 < len(part) <= most(limits, count)
        batch = Batch(
            "d", part, limits, samples.NOW, "America/Toronto", "A digest with a name of some length", None,
            total=count, part=at + 1, parts=len(parts), more=99, currency="EUR", rates=samples.RATES,
        )  # fmt: skip
        message = form.render(batch)
        assert size(channel.FORM, message) <= limits.size
        if channel.FORM == "text" and len(part) > 1:
            assert "shortened" not in message.text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nothing_is_split_into_nothing(form: ModuleType) -> None:
    assert form.parts((), Limits()) == ()
    with pytest.raises(RenderError, match="nothing to tell"):
        form.render(Batch("d", (), Limits(), samples.NOW))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_notice_without_alerts_is_a_message(form: ModuleType) -> None:
    batch = Batch(
        "d", (), Limits(), samples.NOW, heading="A source is in trouble", facts={"notes": ["Lever: Acme has failed for 6 hours."]}
    )
    message = form.render(batch)
    assert message.subject == "A source is in trouble"
    assert "Lever: Acme has failed" in message.text


def test_an_oversized_alert_is_shortened_and_says_so() -> None:
    alert = samples.platform_manager()
    long = replace(alert, posting=replace(alert.posting, text="word " * 20_000, title="t" * 3_000))
    hook = webhook.render(samples.batch(long, limits=Limits(50, 20_000)))
    assert len(hook.text.encode()) <= 20_000
    (said,) = hook.payload["data"]["alerts"]  # type: ignore[index]
    assert said["shortened"] == ["text", "title"]
    assert said["posting"]["text"].endswith("… (shortened)")
    narrow = text.render(samples.batch(alert, limits=Limits(1, 500)))
    assert len(narrow.text.encode()) <= 500
    assert "shortened" in narrow.text
    assert "Apply at Northwind: https://" in narrow.text


@given(st.integers(60, 900))
@settings(max_examples=40, deadline=None)
def test_text_fits_any_limit(limit: int) -> None:
    message = text.render(samples.batch(*samples.several(), limits=Limits(9, limit)))
    assert len(message.text.encode()) <= limit
    assert "shortened" in message.text


def test_what_is_held_back_is_counted_in_every_form() -> None:
    batch = samples.batch(samples.platform_manager(), more=12)
    for form in (email, slack, text):
        assert "and 12 more: see them with job-alerts export" in form.render(batch).text
    assert "and 12 more" in (email.render(batch).html or "")
    assert "and 12 more" in str(slack.render(batch).payload)
    assert webhook.render(batch).payload["data"]["more"] == 12  # type: ignore[index]


def test_the_sample_of_a_channel_fits_every_channel() -> None:
    """``test CHANNEL`` sends one message as of now, and says that it is a test."""
    for kind in plugins.kinds("channels"):
        channel = plugins.load("channels", kind)
        message = FORMS[channel.FORM].render(samples.sample("test-1", channel.LIMITS, samples.NOW))
        assert message.at == samples.NOW
        assert "invented" in message.text


@pytest.mark.parametrize("kind", plugins.kinds("channels"))
def test_many_notes_fit_and_are_counted(kind: str) -> None:
    """A hundred long lines for the operator: what does not fit is said to be missing."""
    channel = plugins.load("channels", kind)
    notes = [f"note {at} {'& more ' * 60}" for at in range(100)]
    for alerts in ((), FORMS[channel.FORM].parts(many(30, 10), channel.LIMITS)[0]):
        message = FORMS[channel.FORM].render(Batch("d", alerts, channel.LIMITS, samples.NOW, facts={"notes": notes}))
        assert size(channel.FORM, message) <= channel.LIMITS.size * 1.3
        whole = str(message.payload) + message.text
        assert "note 99 " in whole or "shortened" in whole


def test_alerts_that_grew_since_they_were_split_still_fit() -> None:
    """A letter that is drafted at the last moment is shortened, not the message refused."""
    alerts = tuple(replace(alert, letter="Dear team, " * 3_000) for alert in samples.several())
    hook = webhook.render(samples.batch(*alerts, limits=Limits(50, 20_000)))
    assert len(hook.text.encode()) <= 20_000
    said = hook.payload["data"]["alerts"]  # type: ignore[index]
    assert [alert["shortened"] for alert in said] == [["letter"]] * 4


@given(count=st.integers(1, 40), words=st.sampled_from([0, 150]))
@settings(max_examples=10, deadline=None)
def test_slacks_own_models_accept_the_blocks(count: int, words: int) -> None:
    """Where Slack's library is installed: its checks of lengths and counts."""
    blocks = pytest.importorskip("slack_sdk.models.blocks", reason="slack_sdk is not installed")
    limits = plugins.load("channels", "slack").LIMITS
    for part in slack.parts(many(count, words), limits):
        made = blocks.Block.parse_all(slack.render(samples.batch(*part, limits=limits, more=3)).payload["blocks"])
        assert len(made) <= 50
        for block in made:
            block.validate_json()


@pytest.mark.parametrize("form", [email, slack, text], ids=["email", "slack", "text"])
def test_beyond_ten_jobs_each_gets_a_row_and_still_says_why(form: ModuleType) -> None:
    """Ten are told in full; eleven are rows, whether they are here, in another part or held back."""
    few, alerts = many(10, 0), many(11, 0)
    assert form.render(samples.batch(*few)).text.count("hide 7k3f") == 3
    rows = form.render(samples.batch(*alerts))
    for said in (rows.text, rows.html or rows.text, str(rows.payload) if form is slack else rows.text):
        assert "feature store" in said
        assert "hide 7k3f" not in said
        assert "7k3f" in said
        assert "possibly the same as" in said
    assert form.render(samples.batch(*few, more=1)).text.count("hide 7k3f") == 0


def test_a_mail_carries_more_rows_than_cards() -> None:
    alerts = many(60, 0)
    assert len(email.parts(alerts, plugins.load("channels", "email").LIMITS)) == 1
    assert len(text.parts(alerts[:12], plugins.load("channels", "ntfy").LIMITS)) < 12
