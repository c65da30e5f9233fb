"""Mail over real conversations: every stage refuses, defers, half-refuses, drops, drips; nobody's password in the clear."""

from __future__ import annotations

import base64
import contextlib
import hmac
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.channels import _mail, _smtp, email
from alerts.fetch.client import Client
from alerts.model.message import Message, Outcome
from alerts.render import email as form
from alerts.render import samples

MESSAGE = form.render(samples.batch(samples.platform_manager()))
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id",
    "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
}  # fmt: skip


def options(port: int, **more: Any) -> email.Options:
    given = {
        "server": f"smtp://127.0.0.1:{port}",
        "from": "Job alerts <alerts@example.org>",
        "to": ["me@example.org"],
        "deadline": 5,
    }
    return email.Options.model_validate(given | more)


def attempt(server: Any, message: Message = MESSAGE, /, **more: Any) -> Outcome:
    return email.send(message, options(server.port, **more), None)


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_mail_arrives_whole(smtp: Callable[..., Any]) -> None:
    """Subject, both texts in the right order, and the headers that stop robots from answering."""
    server = smtp()
    assert attempt(server).state == "sent"
    (mail,) = server.mails
    found = read(mail.content)
    assert (mail.sender, mail.recipients) == ("alerts@example.org", ["me@example.org"])
    assert set(found.keys()) == HEADERS
    assert found["Subject"] == MESSAGE.subject
    assert found["Message-ID"] == "<d-0123@example.org>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["References"] == found["In-Reply-To"]
    assert found["List-Id"] == "<ml-platform-leadership.job-alerts.example.org>"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_content() for part in found.iter_parts())
    assert plain.replace("\r\n", "\n").strip() == MESSAGE.text.strip()
    assert "Apply at Northwind" in html
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= 998
    assert mail.content.isascii()


#: stage, script → state, destination, dead, ambiguous
STAGES: list[tuple[dict[str, str], str, bool]] = [
    ({"greeting": "421 busy"}, "later", False),
    ({"greeting": "554 go away"}, "later", False),
    ({"greeting": "drop"}, "later", False),
    ({"hello": "421 busy"}, "later", False),
    ({"hello": "550 not you"}, "refused", True),
    ({"hello": "drop"}, "later", False),
    ({"mail": "451 later"}, "later", False),
    ({"mail": "550 sender unknown"}, "refused", True),
    ({"mail": "552 too large"}, "refused", False),
    ({"mail": "421 closing"}, "later", False),
    ({"mail": "drop"}, "later", False),
    ({"rcpt_all": "450 greylisted"}, "later", False),
    ({"rcpt_all": "550 no such user"}, "refused", False),
    ({"rcpt_all": "530 log in first"}, "refused", True),
    ({"rcpt_all": "421 closing"}, "later", False),
    ({"rcpt_all": "drop"}, "later", False),
    ({"data": "451 later"}, "later", False),
    ({"data": "554 no"}, "refused", False),
    ({"data": "drop"}, "later", False),
    ({"dot": "451 later"}, "later", False),
    ({"dot": "552 full"}, "refused", False),
    ({"dot": "554 spam"}, "refused", False),
]


@pytest.mark.parametrize(("script", "state", "destination"), STAGES, ids=lambda value: str(value))
def test_every_stage_is_judged_by_its_answer(
    smtp: Callable[..., Any], script: dict[str, str], state: str, destination: bool
) -> None:
    outcome = attempt(smtp(**script))
    assert (outcome.state, outcome.destination, outcome.ambiguous) == (state, destination, False)
    assert outcome.why


def test_a_drop_or_silence_after_the_final_dot_is_ambiguous(smtp: Callable[..., Any]) -> None:
    """… and the next attempt carries the same Message-ID."""
    server = smtp(dot="drop")
    first = attempt(server)
    assert (first.state, first.ambiguous) == ("later", True)
    server.script.dot = "hang"
    second = attempt(server, deadline=0.5)
    assert (second.state, second.ambiguous) == ("later", True)
    server.script.dot = "250 ok"
    assert attempt(server, replace(MESSAGE, at=samples.NOW.replace(hour=12))).state == "sent"
    assert {read(mail.content)["Message-ID"] for mail in server.mails} == {"<d-0123@example.org>"}
    assert len(server.mails) == 3


def test_a_drop_inside_the_mail_is_tried_again(smtp: Callable[..., Any]) -> None:
    server = smtp(drop_in_data=100)
    assert attempt(server).state == "later"
    assert server.mails == []


def test_a_drop_after_the_last_answer_changes_nothing(smtp: Callable[..., Any]) -> None:
    assert attempt(smtp(quit="drop")).state == "sent"
    began = time.monotonic()
    assert attempt(smtp(quit="hang")).state == "sent"
    assert time.monotonic() - began < 3


def test_recipients_are_judged_one_by_one(smtp: Callable[..., Any]) -> None:
    """One taken, one deferred, one refused: exactly those; the next attempt is for the deferred one alone."""
    server = smtp(rcpt={"b@example.org": "450 later", "c@example.org": "550 unknown"})
    to = ["a@example.org", "b@example.org", "c@example.org"]
    outcome = attempt(server, to=to)
    assert (outcome.state, outcome.retry, set(outcome.dead)) == ("later", ("b@example.org",), {"c@example.org"})
    assert server.mails[0].recipients == ["a@example.org"]
    server.script.rcpt = {}
    assert attempt(server, replace(MESSAGE, recipients=outcome.retry), to=to).state == "sent"
    assert server.mails[1].recipients == ["b@example.org"]


def test_one_refused_for_good_beside_one_served_is_sent_and_says_so(smtp: Callable[..., Any]) -> None:
    outcome = attempt(smtp(rcpt={"b@example.org": "550 unknown"}), to=["a@example.org", "b@example.org"])
    assert (outcome.state, outcome.retry, set(outcome.dead)) == ("sent", (), {"b@example.org"})


def test_421_at_one_recipient_ends_the_talk_and_the_mail_is_tried_again_for_all(smtp: Callable[..., Any]) -> None:
    """The server closes the line then; what would follow is lost or half done."""
    outcome = attempt(smtp(rcpt={"b@example.org": "421 closing"}), to=["a@example.org", "b@example.org"])
    assert (outcome.state, outcome.dead, outcome.ambiguous) == ("later", {}, False)
    assert outcome.retry in ((), ("a@example.org", "b@example.org"))


def test_a_deferred_mail_is_retried_for_those_who_were_accepted(smtp: Callable[..., Any]) -> None:
    outcome = attempt(smtp(dot="451 later", rcpt={"b@example.org": "550 no"}), to=["a@example.org", "b@example.org"])
    assert (outcome.state, outcome.retry, set(outcome.dead)) == ("later", ("a@example.org",), {"b@example.org"})


def test_a_refused_mail_gives_up_those_who_were_accepted(smtp: Callable[..., Any]) -> None:
    outcome = attempt(smtp(dot="554 spam"), to=["a@example.org", "b@example.org"])
    assert (outcome.state, set(outcome.dead)) == ("refused", {"a@example.org", "b@example.org"})


@pytest.mark.parametrize("stage", ["greeting", "hello", "mail", "rcpt_all", "dot"])
def test_a_tarpit_costs_the_deadline_and_no_more(smtp: Callable[..., Any], stage: str) -> None:
    """A byte now and then resets no clock."""
    began = time.monotonic()
    outcome = attempt(smtp(**{stage: "drip"}), deadline=0.8)
    assert time.monotonic() - began < 2.5
    assert (outcome.state, outcome.ambiguous) == ("later", stage == "dot")
    assert "0.8 s" in outcome.why


def test_a_server_that_is_not_there_is_tried_later() -> None:
    assert email.send(MESSAGE, options(9), None).state == "later"
    unknown = options(25).model_copy(update={"server": "smtp://mail.invalid:25"})
    assert email.send(MESSAGE, unknown, None).state == "later"


@pytest.mark.parametrize("silent", ["127.0.0.2", "127.0.0.3"])
def test_a_silent_address_does_not_stop_mail(smtp: Callable[..., Any], silent: str) -> None:
    """The addresses of a name share the deadline; the first may be one whose packets get lost."""
    server = smtp()
    with silence(silent, server.port):
        where = _smtp.Server("mail.example", server.port)
        with _smtp.Conversation(where, 3, resolver=lambda _host, _port: [silent, "127.0.0.1"]) as talk:
            talk.open()
            assert talk.hand_over("a@example.org", ["b@example.org"], b"Subject: x\r\n\r\nx").accepted


@contextlib.contextmanager
def silence(host: str, port: int) -> Iterator[None]:
    """An address that answers nothing: its queue is full."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(socket.create_server((host, port), backlog=0))
        for _ in range(4):
            line = stack.enter_context(socket.socket())
            line.setblocking(False)
            line.connect_ex((host, port))
        yield


def test_a_name_that_nobody_resolves_costs_the_deadline_only() -> None:
    began = time.monotonic()
    with (
        pytest.raises(_smtp.Failed, match="resolved in time"),
        _smtp.Conversation(_smtp.Server("mail.example", 25), 0.3, resolver=lambda *_: time.sleep(3) or []) as talk,
    ):
        talk.open()
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_password_beyond_ascii_is_sent_as_utf8(smtp: Callable[..., Any], authority: Any, mechanism: str) -> None:
    server = smtp(features=["STARTTLS", f"AUTH {mechanism}"], auth="235 welcome")
    if mechanism == "CRAM-MD5":
        server.script.auth = f"334 {base64.b64encode(b'<1@x>').decode()}"
    outcome = secured(server, authority, server=f"smtp://j%C3%B6rg@localhost:{server.port}", password="geheim-ü-€")
    said = " ".join(line for _, line in server.journal)
    if mechanism == "PLAIN":
        assert outcome.state == "sent"
        assert base64.b64encode("\0jörg\0geheim-ü-€".encode()).decode() in said
    elif mechanism == "LOGIN":
        assert base64.b64encode("jörg".encode()).decode() in said
    else:
        digest = hmac.new("geheim-ü-€".encode(), b"<1@x>", "md5").hexdigest()
        assert base64.b64encode(f"jörg {digest}".encode()).decode() in said


def test_a_relay_on_this_machine_with_a_certificate_of_its_own_says_what_helps(smtp: Callable[..., Any], authority: Any) -> None:
    server = smtp(features=["STARTTLS"])
    outcome = attempt(server)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "ca_file" in outcome.why
    assert 'tls = "never"' in outcome.why
    assert attempt(server, tls="never").state == "sent"
    assert attempt(server, ca_file=str(authority.pem)).state == "sent"


def test_the_authorities_of_the_network_hold_for_mail_too(smtp: Callable[..., Any], authority: Any) -> None:
    server = smtp(features=["STARTTLS"])
    with Client(ca_file=str(authority.pem)) as client:
        assert email.send(MESSAGE, options(server.port), client).state == "sent"


def test_a_file_of_authorities_that_is_none(tmp_path: Path, smtp: Callable[..., Any]) -> None:
    (tmp_path / "ca.pem").write_text("hello")
    for name in ("ca.pem", "nowhere.pem"):
        outcome = attempt(smtp(), ca_file=str(tmp_path / name))
        assert (outcome.state, outcome.destination) == ("refused", True)
        assert "ca_file" in outcome.why


def test_a_deadline_that_passes_while_there_is_no_line_is_silent(recwarn: pytest.WarningsRecorder) -> None:
    """smtplib drops its line on a fault, in the very moment in which the watch may wake."""
    with _smtp.Conversation(_smtp.Server("127.0.0.1", 25), 0.01) as talk:
        talk._watch.join(5)
    assert not recwarn.list


def test_the_size_that_a_server_names_is_respected(smtp: Callable[..., Any]) -> None:
    server = smtp(features=["SIZE 2000"])
    outcome = attempt(server)
    assert (outcome.state, outcome.destination) == ("refused", False)
    assert "2,000" in outcome.why
    assert not any(said.startswith("MAIL") for _, said in server.journal)


SECRET = {"password": "hush-hush", "server": "smtp://me%40example.org@localhost:{port}"}


def secured(server: Any, authority: Any, /, **more: Any) -> Outcome:
    given = {key: value.format(port=server.port) for key, value in SECRET.items()}
    return attempt(server, MESSAGE, **{**given, "ca_file": str(authority.pem), **more})


def spoken_in_the_clear(server: Any) -> str:
    return "\n".join(said for secure, said in server.journal if not secure)


def test_login_happens_over_starttls_only(smtp: Callable[..., Any], authority: Any) -> None:
    server = smtp(features=["STARTTLS", "AUTH PLAIN LOGIN"])
    assert secured(server, authority).state == "sent"
    assert server.mails[0].secure
    assert [secure for secure, said in server.journal if said.startswith("AUTH")] == [True]


@pytest.mark.parametrize(
    "script",
    [
        {"features": ["AUTH PLAIN"]},
        {"features": ["STARTTLS", "AUTH PLAIN"], "starttls": "454 not now"},
        {"features": ["STARTTLS", "AUTH PLAIN"], "starttls": "501 no"},
        {"features": ["STARTTLS", "AUTH PLAIN"], "starttls": "drop"},
        {"hello": "502 no EHLO"},
    ],
    ids=["stripped", "deferred", "refused", "dropped", "no EHLO"],
)
def test_without_tls_no_password_is_said(smtp: Callable[..., Any], authority: Any, script: dict[str, Any]) -> None:
    """A server, or someone in between, that takes STARTTLS away learns nothing."""
    server = smtp(**script)
    outcome = secured(server, authority)
    assert outcome.state != "sent"
    assert "AUTH" not in spoken_in_the_clear(server).upper()
    assert "MAIL" not in spoken_in_the_clear(server)
    assert "hush" not in outcome.why


def test_a_certificate_of_someone_else_is_refused(smtp: Callable[..., Any], authority: Any) -> None:
    server = smtp(features=["STARTTLS", "AUTH PLAIN"])
    outcome = secured(server, authority, ca_file=None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "certificate" in outcome.why
    assert "AUTH" not in spoken_in_the_clear(server)


def test_smtps_is_secure_from_the_first_byte(smtp: Callable[..., Any], authority: Any) -> None:
    server = smtp(implicit=True, features=["AUTH PLAIN"])
    assert secured(server, authority, server=f"smtps://me@localhost:{server.port}").state == "sent"
    assert all(secure for secure, _ in server.journal)


@pytest.mark.parametrize(
    ("auth", "state", "destination"),
    [
        ("535 bad password", "refused", True),
        ("454 not now", "later", False),
        ("421 busy", "later", False),
        ("drop", "later", False),
    ],
)
def test_a_refused_login_is_the_destinations_fault(
    smtp: Callable[..., Any], authority: Any, auth: str, state: str, destination: bool
) -> None:
    outcome = secured(smtp(features=["STARTTLS", "AUTH PLAIN"], auth=auth), authority)
    assert (outcome.state, outcome.destination) == (state, destination)
    assert "hush" not in outcome.why


def test_a_server_without_login_says_what_to_do(smtp: Callable[..., Any], authority: Any) -> None:
    outcome = secured(smtp(features=["STARTTLS"]), authority)
    assert (outcome.state, outcome.destination) == ("refused", True)


def test_addresses_beyond_ascii_need_a_server_that_knows_them(smtp: Callable[..., Any]) -> None:
    """With SMTPUTF8 they pass; without, the others are served and these are given up with the reason."""
    to = ["me@example.org", "jürgen@example.org", "you@bücher.example"]
    able = smtp(features=["SMTPUTF8", "8BITMIME"])
    assert attempt(able, to=to).state == "sent"
    assert able.mails[0].recipients == ["me@example.org", "jürgen@example.org", "you@xn--bcher-kva.example"]
    plain = smtp()
    outcome = attempt(plain, to=to)
    assert (outcome.state, set(outcome.dead)) == ("sent", {"jürgen@example.org"})
    assert plain.mails[0].recipients == ["me@example.org", "you@xn--bcher-kva.example"]
    assert b"j=C3=BCrgen" not in plain.mails[0].content


@pytest.mark.parametrize(
    "wrong",
    [
        {"server": "https://example.org"},
        {"server": "smtp://me:pw@example.org"},
        {"server": "smtp://"},
        {"from": "nobody"},
        {"from": "a b@example.org"},
        {"to": []},
        {"to": ["me@"]},
        {"to": ["me@example.org\nBcc: you@example.org"]},
        {"to": ["me@exa mple.org"]},
        {"to": ["me@-x.org"]},
        {"password": "hush-hush"},
        {"password": "hush-hush", "server": "smtp://me@example.org", "tls": "offered"},
        {"password": "hush-hush", "server": "smtp://me@example.org", "tls": "never"},
        {"deadline": 0},
        {"sender": "me@example.org", "unknown": 1},
    ],
    ids=str,
)
def test_wrong_options_are_refused_without_showing_secrets(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        options(25, **wrong)
    assert "hush" not in str(caught.value)


FORGERIES = [
    "=?utf-8?q?Job=0D=0ABcc:_evil=40example.com?=",
    "=?utf-8?b?Sm9iDQpCY2M6IGV2aWxAZXhhbXBsZS5jb20=?=",
    "=?iso-8859-1?Q?Job=0ABcc:_evil=40example.com?= and more",
    "=?utf-8?q?a?= =?utf-8?q?=0D=0AX-Evil:_1?=",
    "Job\r\nBcc: evil@example.com",
    "Job\nBcc: evil@example.com\n\n<b>body</b>",
    "Job\u2028Bcc: evil@example.com",
    "Job\x0bBcc: x\x0cBcc: y\x85Bcc: z",
    "\x00Job\x00",
    "Job \ud800 half",
    "Job \u202egnp.exe",
    "x" * 100_000,
    ".\r\nQUIT\r\n",
    "é" * 3_000,
]


@pytest.mark.parametrize("title", FORGERIES, ids=lambda text: repr(text[:24]))
def test_no_text_becomes_a_header(smtp: Callable[..., Any], title: str) -> None:
    """Whatever a title, a thread or a file is called: the reader finds our headers and our recipients only."""
    server = smtp()
    message = replace(
        MESSAGE, subject=title, text=f"{title}\n.\n..\n", thread=title, id=title, attachments=((title, title, b"x"),)
    )
    assert attempt(server, message).state == "sent"
    (mail,) = server.mails
    found = read(mail.content)
    assert set(found.keys()) == HEADERS
    assert mail.recipients == ["me@example.org"]
    assert not found.defects
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998


@given(st.text(), st.text())
@settings(max_examples=150, deadline=None)
def test_no_generated_text_becomes_a_header(subject: str, name: str) -> None:
    sender, to = _mail.address("alerts@example.org"), _mail.address("me@example.org")
    message = replace(
        MESSAGE, subject=f"{subject} =?utf-8?q?=0D=0ABcc:{name}?=", text=subject, html="x" + name, thread="t" + name, id=name
    )
    found = read(_mail.as_bytes(_mail.build(message, sender=sender, to=[to])))
    assert set(found.keys()) == HEADERS


def test_letters_are_attached(smtp: Callable[..., Any]) -> None:
    server = smtp()
    alert = replace(samples.platform_manager(), letter="Dear team,\n\nI lead ML platforms – since 2015.\n")
    assert attempt(server, form.render(samples.batch(alert))).state == "sent"
    (letter,) = read(server.mails[0].content).iter_attachments()
    assert letter.get_filename() == "letter-7k3f-northwind.md"
    assert "since 2015" in letter.get_content()


def test_unsubscribe_stands_in_the_header_where_it_is_set(smtp: Callable[..., Any]) -> None:
    server = smtp()
    assert attempt(server, unsubscribe="leave@example.org", reply_to="Me <me@example.org>").state == "sent"
    found = read(server.mails[0].content)
    assert found["List-Unsubscribe"] == "<mailto:leave@example.org?subject=unsubscribe>"
    assert found["Reply-To"] == "Me <me@example.org>"


def test_a_server_that_repeats_the_password_does_not_spread_it(smtp: Callable[..., Any], authority: Any) -> None:
    outcome = secured(smtp(features=["STARTTLS", "AUTH PLAIN"], auth="535 wrong password: hush-hush"), authority)
    assert outcome.destination
    assert "hush" not in repr(outcome)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=120))
def test_a_subject_of_any_words_arrives_as_it_was_written(words):
    """The standard library's own folding drops blanks between an encoded word and a plain one."""
    written = _mail.neutral(f"New — {words} → here")
    mail = _mail.build(Message("x", written, "t"), sender=_mail.address("a@example.org"), to=[_mail.address("b@example.org")])
    raw = _mail.as_bytes(mail)
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == written
    assert max(map(len, raw.split(b"\r\n"))) <= 78
