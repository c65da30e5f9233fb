"""Channels over HTTP in real conversations: every status, silence, lies; signatures that the official library accepts."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from standardwebhooks import Webhook

from alerts.channels import _answers, discord, ntfy, slack, webhook
from alerts.fetch.client import Client
from alerts.model.message import Limits, Message, Outcome
from alerts.render import samples
from alerts.render import slack as slack_form
from alerts.render import text as text_form
from alerts.render import webhook as webhook_form

FORMS = {"slack": slack_form, "webhook": webhook_form, "text": text_form}
CHANNELS = [slack, webhook, discord, ntfy]


def message_for(channel: ModuleType) -> Message:
    limits: Limits = channel.LIMITS
    made = FORMS[channel.FORM].render(samples.batch(samples.platform_manager(), limits=limits))
    return replace(made, at=datetime.now(UTC))


def attempt(channel: ModuleType, receiver: Any, client: Client, **more: Any) -> Outcome:
    given = {"server": receiver.url, "topic": "hush-hush"} if channel is ntfy else {"url": receiver.url}
    return channel.send(message_for(channel), channel.Options(**given, **more), client)  # type: ignore[no-any-return]


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_has_one_meaning(status: int) -> None:
    """Success is 2xx alone; what passes is tried later; a redirect is never a success; the rest is refused."""
    for kind in ("", "discord", "ntfy"):
        ruling = _answers.http(status, kind)
        assert (ruling == "sent") == (200 <= status < 300)
        if status in {408, 425, 429, 500, 502, 503, 504, 507, 520, 599}:
            assert ruling == "later"
        if status in {401, 403, 404, 410}:
            assert ruling == "destination"
        if status in {400, 413, 422}:
            assert ruling == "message"


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_every_status_in_conversation(channel: ModuleType, receiver: Any, client: Client) -> None:
    """… and no word of a secret comes back, even where the other side repeats it."""
    for status in range(200, 600):
        receiver.say(
            status, b"" if status in {204, 304} else b"no hush-hush at /services/T000/B000/hush-hush", Location="/elsewhere"
        )
        outcome = attempt(channel, receiver, client)
        expected = _answers.http(status, channel.__name__.rpartition(".")[2])
        assert outcome.state == {"sent": "sent", "later": "later"}.get(expected, "refused"), status
        assert outcome.destination == (expected == "destination")
        assert str(status) in outcome.why
        assert "hush" not in repr(outcome)
        assert not outcome.ambiguous
    assert len(receiver.requests) == 400, "a redirect was followed, or an attempt was made twice"


SLACK = [
    (200, "ok", "sent", False),
    (200, " ok\n", "sent", False),
    (200, "<html><title>Sign in to the hotel</title></html>", "later", False),
    (200, "\ufeff <!DOCTYPE HTML>\n<html>", "later", False),
    (200, "<!-- portal --><head><meta http-equiv=refresh>", "later", False),
    (200, "<script>location='/login'</script>", "later", False),
    (200, "", "sent", False),
    (204, "", "sent", False),
    (200, '{"success":true}', "sent", False),
    (200, '{"result":"success","msg":"","id":7}', "sent", False),
    (200, '{"ok":true}', "sent", False),
    (200, '{"ok":true,"error":""}', "sent", False),
    (200, "Message received", "sent", False),
    (202, "accepted", "sent", False),
    (200, '{"success":false,"error":"Invalid room"}', "refused", False),
    (200, '{"success": "false"}', "refused", False),
    (200, '{"ok":false,"error":"no_service"}', "refused", True),
    (200, '{"ok":false,"error":"ratelimited"}', "later", False),
    (200, '{"ok":false}', "refused", False),
    (200, '{"result":"error","msg":"Malformed payload"}', "refused", False),
    (200, '{"error":"channel_not_found"}', "refused", True),
    (200, '{"status":"error"}', "refused", False),
    (200, "no_team", "refused", True),
    (200, "something_not_found", "refused", False),
    (200, "invalid_payload", "refused", False),
    (200, "some_new_error", "refused", False),
    (201, "fine", "sent", False),
    (302, "", "later", False),
    (400, "invalid_payload", "refused", False),
    (400, "missing_text_or_fallback_or_attachments", "refused", False),
    (400, "too_many_attachments", "refused", False),
    (403, "action_prohibited", "refused", True),
    (403, "invalid_token", "refused", True),
    (403, "posting_to_general_channel_denied", "refused", True),
    (404, "channel_not_found", "refused", True),
    (404, "no_service", "refused", True),
    (404, "no_team", "refused", True),
    (410, "channel_is_archived", "refused", True),
    (429, "rate_limited", "later", False),
    (429, "ok", "later", False),
    (500, "rollup_error", "later", False),
    (500, "ok", "later", False),
    (503, "", "later", False),
]


@pytest.mark.parametrize(("status", "body", "state", "destination"), SLACK)
def test_a_2xx_that_does_not_plainly_refuse_is_success(
    receiver: Any, client: Client, status: int, body: str, state: str, destination: bool
) -> None:
    receiver.say(status, body.encode())
    outcome = attempt(slack, receiver, client)
    assert (outcome.state, outcome.destination) == (state, destination)
    assert len(receiver.requests) == 1


def test_every_slack_error_that_is_known_is_no_success() -> None:
    for said in _answers.tables()["slack"]:
        assert _answers.slack(200, said.encode())[0] != "sent" or said == "ok"


DISCORD = [
    (204, "", "sent", False, None),
    (200, '{"id": "1"}', "sent", False, None),
    (200, "<!doctype html><title>Log in</title>", "later", False, None),
    (400, '{"message": "Webhooks posted to forum channels must have a thread_name", "code": 220001}', "refused", True, None),
    (400, '{"message": "Cannot send an empty message", "code": 50006}', "refused", False, None),
    (404, '{"message": "Unknown Webhook", "code": 10015}', "refused", True, None),
    (429, '{"message": "You are being rate limited.", "retry_after": 64.57, "global": false}', "later", False, 64.57),
    (429, '{"retry_after": true}', "later", False, None),
    (429, '{"retry_after": 1e12}', "later", False, None),
]


@pytest.mark.parametrize(("status", "body", "state", "destination", "after"), DISCORD)
def test_discord_says_in_its_body_whose_fault_it_is_and_how_long_to_wait(
    receiver: Any, client: Client, status: int, body: str, state: str, destination: bool, after: float | None
) -> None:
    receiver.say(status, body.encode())
    outcome = attempt(discord, receiver, client)
    assert (outcome.state, outcome.destination, outcome.after) == (state, destination, after)
    if "220001" in body:
        assert "thread_id" in outcome.why


def test_the_longer_of_two_waits_counts(receiver: Any, client: Client) -> None:
    for seconds, body in (("5", '{"retry_after": 9.5}'), ("9.5", '{"retry_after": 5}')):
        receiver.say(429, body.encode(), Retry_After=seconds)
        assert attempt(discord, receiver, client).after == 9.5


@pytest.mark.parametrize("channel", [slack, discord, ntfy], ids=lambda channel: channel.__name__)
def test_a_login_page_takes_no_message(channel: ModuleType, receiver: Any, client: Client) -> None:
    receiver.say(200, b"<!DOCTYPE html><html><body>Please sign in</body></html>")
    assert attempt(channel, receiver, client).state == "later"


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
def test_blocks_that_slack_refuses_go_once_as_text(receiver: Any, client: Client, error: str) -> None:
    receiver.say(400, error.encode())
    receiver.say(200, b"ok")
    assert attempt(slack, receiver, client).state == "sent"
    first, second = (json.loads(request.body) for request in receiver.requests)
    assert "blocks" in first
    assert set(second) == {"text", "unfurl_links", "unfurl_media"}
    assert "Senior Engineering Manager" in second["text"]
    receiver.say(400, error.encode())
    receiver.say(400, error.encode())
    assert attempt(slack, receiver, client).state == "refused"
    assert len(receiver.requests) == 4


@pytest.mark.parametrize(
    ("said", "seconds"), [("30", 30.0), ("1", 1.0), ("3600", 3600.0), ("abc", None), ("-5", None), ("", None)]
)
@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_retry_after_is_handed_on(channel: ModuleType, receiver: Any, client: Client, said: str, seconds: float | None) -> None:
    receiver.say(429, b"", Retry_After=said)
    outcome = attempt(channel, receiver, client)
    assert (outcome.state, outcome.after) == ("later", seconds)


def test_retry_after_as_a_date_is_measured_from_the_answer(receiver: Any, client: Client) -> None:
    receiver.say(503, b"", Retry_After="Mon, 23 Nov 2026 08:10:00 GMT", Date="Mon, 23 Nov 2026 08:05:00 GMT")
    assert attempt(webhook, receiver, client).after == 300


def hang_up(line: socket.socket) -> None:
    line.close()


def say_nothing(line: socket.socket) -> None:
    time.sleep(1.2)


def drip(line: socket.socket) -> None:
    for sign in b"HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyy":
        line.sendall(bytes([sign]))
        time.sleep(0.1)


@pytest.mark.parametrize("fault", [hang_up, say_nothing, drip])
@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_no_answer_after_the_request_is_ambiguous(
    channel: ModuleType, receiver: Any, client: Client, fault: Callable[[socket.socket], None]
) -> None:
    receiver.answers.append(fault)
    began = time.monotonic()
    outcome = attempt(channel, receiver, client, deadline=0.5)
    assert (outcome.state, outcome.ambiguous) == ("later", True)
    assert time.monotonic() - began < 2
    assert "hush" not in repr(outcome)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_a_receiver_that_is_not_there_has_nothing(channel: ModuleType, receiver: Any, client: Client) -> None:
    receiver.close()
    outcome = attempt(channel, receiver, client)
    assert (outcome.state, outcome.ambiguous) == ("later", False)


def test_the_body_of_an_answer_is_read_only_so_far(receiver: Any, client: Client) -> None:
    def endless(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 500 X\r\n\r\n")
        for _ in range(2_000):
            line.sendall(b"x" * 65_536)

    receiver.answers.append(endless)
    outcome = attempt(webhook, receiver, client, deadline=3)
    assert outcome.state == "later"
    assert len(outcome.why) < 400


NEW, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a plain secret of words"


def test_the_official_library_accepts_the_signature(receiver: Any, client: Client) -> None:
    """Once with a secret as the specification makes it, once with plain words, and with both while secrets change."""
    receiver.say(204)
    receiver.say(200)
    receiver.say(200)
    attempt(webhook, receiver, client, secret=NEW)
    attempt(webhook, receiver, client, secret=OLD)
    attempt(webhook, receiver, client, secret=NEW, old_secret=OLD)
    first, second, both = receiver.requests
    assert Webhook(NEW).verify(first.body, first.headers)["type"] == "job.alerts"
    assert Webhook(OLD.encode()).verify(second.body, second.headers)["version"] == 1
    for secret in (NEW, OLD.encode()):
        assert Webhook(secret).verify(both.body, both.headers)["data"]["delivery"] == "d-0123"
    assert {request.headers["webhook-id"] for request in receiver.requests} == {"d-0123"}
    assert {request.headers["content-type"] for request in receiver.requests} == {"application/json"}


def test_the_time_of_the_attempt_is_signed(receiver: Any, client: Client) -> None:
    """The same message an hour later has the same id and another time."""
    message = message_for(webhook)
    options = webhook.Options(url=receiver.url, secret=NEW)
    for at in (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)):
        receiver.say(200)
        webhook.send(replace(message, at=at), options, client)
    early, late = receiver.requests
    assert early.headers["webhook-id"] == late.headers["webhook-id"]
    assert int(late.headers["webhook-timestamp"]) - int(early.headers["webhook-timestamp"]) == 3600
    assert early.headers["webhook-signature"] != late.headers["webhook-signature"]


def test_an_id_never_breaks_what_is_signed(receiver: Any, client: Client) -> None:
    receiver.say(200)
    message = replace(message_for(webhook), id="a.b\r\nX: y.ü")
    assert webhook.send(message, webhook.Options(url=receiver.url, secret=NEW), client).state == "sent"
    (request,) = receiver.requests
    assert Webhook(NEW).verify(request.body, request.headers)
    assert "." not in request.headers["webhook-id"]


@pytest.mark.parametrize(
    ("channel", "wrong"),
    [
        (webhook, {"url": "ftp://example.org"}),
        (webhook, {"url": "example.org/hook"}),
        (webhook, {"url": "https://example.org", "secret": "short"}),
        (webhook, {"url": "https://example.org", "secret": "whsec_"}),
        (slack, {"url": "https://user:hush-hush@hooks.example.org/x"}),
        (slack, {}),
        (ntfy, {"topic": "a/b"}),
        (ntfy, {"topic": "a\nb"}),
        (discord, {"url": "hush-hush"}),
    ],
    ids=str,
)
def test_wrong_options_are_refused_without_showing_secrets(channel: ModuleType, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"url|secret|topic") as caught:
        channel.Options(**wrong)
    assert "hush" not in str(caught.value)


def test_discord_mentions_nobody_and_stays_within_its_limit(receiver: Any, client: Client) -> None:
    for title in ("@everyone <@1> **bold** [click](http://evil.example)", "*" * 5_000, "_" * 190):
        receiver.say(204)
        alert = samples.platform_manager()
        alert = replace(alert, posting=replace(alert.posting, title=title, company=title))
        message = text_form.render(samples.batch(alert, limits=discord.LIMITS))
        assert discord.send(message, discord.Options(url=receiver.url), client).state == "sent"
        body = json.loads(receiver.requests[-1].body)
        assert body["allowed_mentions"] == {"parse": []}
        assert len(body["content"]) <= 2_000
        assert "](" not in body["content"].replace("\\]", "")


def test_an_address_in_an_answer_keeps_its_host_and_loses_its_path() -> None:
    from alerts.channels._answers import said_line

    assert said_line("http://127.0.0.1:9: could not be reached") == "http://127.0.0.1:9/… could not be reached"
    assert said_line("see https://me:pw@hooks.example.org/T1/B2?x=3.") == "see https://hooks.example.org/…"
