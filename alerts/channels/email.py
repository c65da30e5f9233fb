"""Mail, through any SMTP server.

``server`` is ``smtp://user@host:587`` (TLS by STARTTLS: required as soon as a password is set, otherwise used when the server
offers it) or ``smtps://user@host:465`` (TLS from the first byte). Certificates are always checked. Every recipient is judged by
the server's own answer; a connection that breaks after the final dot is ambiguous and tried again under the same Message-ID.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from email.headerregistry import Address
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from alerts.channels import _answers, _mail, _smtp
from alerts.channels._probe import Probe
from alerts.fetch import certificates
from alerts.model import options
from alerts.model.errors import FetchError
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "email"
#: Gmail shows no more than 102 KB of a mail's HTML. Mail servers give a mail five days.
LIMITS = Limits(items=40, rows=150, size=95_000, lifetime=timedelta(days=5))
_PORTS = {"smtp": 587, "smtps": 465}

Several = Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "email"``."""

    #: smtp://user@host:587 or smtps://user@host:465
    server: str
    password: options.Secret | None = None
    #: The sender: "Job alerts <alerts@example.org>".
    sender: str = Field(alias="from")
    to: Several = Field(min_length=1, max_length=100)
    reply_to: str | None = None
    #: A mailbox that takes "unsubscribe" mails; stands in List-Unsubscribe.
    unsubscribe: str | None = None
    #: STARTTLS: required | offered | never. Default: required with a password, else offered.
    tls: Literal["required", "offered", "never"] | None = None
    #: A PEM file of certificate authorities, for a server of one's own.
    ca_file: options.LocalPath | None = None
    #: Seconds for one attempt, all of its steps together.
    deadline: float = Field(60.0, gt=0, le=600)

    @field_validator("server")
    @classmethod
    def _server(cls, server: str) -> str:
        parts = urlsplit(server)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or re.search(r"[\s\x00-\x1f]", server):
            raise ValueError("must be smtp://user@host:587 or smtps://user@host:465")
        if parts.password is not None:
            raise ValueError('must not hold the password; write password = { env = "SMTP_PASSWORD" } on a line of its own')
        if parts.port == 0:
            raise ValueError("must name a port between 1 and 65535")
        return server

    @field_validator("sender", "reply_to", "unsubscribe")
    @classmethod
    def _one(cls, said: str | None) -> str | None:
        if said is not None:
            _mail.address(said)
        return said

    @field_validator("to")
    @classmethod
    def _each(cls, said: tuple[str, ...]) -> tuple[str, ...]:
        for one in said:
            _mail.address(one)
        return said

    @model_validator(mode="after")
    def _never_in_the_clear(self) -> Options:
        implicit = self.server.startswith("smtps:")
        if self.password is not None and not implicit and self.tls not in {None, "required"}:
            raise ValueError('with a password tls must be "required": a password is never sent in the clear')
        if self.password is not None and not urlsplit(self.server).username:
            raise ValueError("a password is set, but server names no user: write smtp://user@host:587")
        return self


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """One attempt for the recipients of ``message`` (empty: all of the channel); never raises."""
    to = [_mail.address(one) for one in options.to]
    wanted = {one.lower() for one in message.recipients}
    now = [one for one in to if not wanted or one.addr_spec.lower() in wanted]
    if not now:
        return Outcome("sent", "its recipients are no longer in the configuration")
    sender = _mail.address(options.sender)
    try:
        with _smtp.Conversation(_where(options, sender, client), options.deadline) as talk:
            outcome = _attempt(talk, message, options, sender, now)
    except _smtp.Failed as failed:
        outcome = _failed(failed)
    except OSError as error:
        outcome = Outcome("refused", f"ca_file: {certificates.unreadable(error)}", destination=True)
    except FetchError as error:
        outcome = Outcome("refused", str(error), destination=True)
    except (ValueError, LookupError) as error:
        outcome = Outcome("refused", f"no mail can be made of it: {_answers.said_line(str(error))}")
    # A server may repeat what it was told.
    secret = options.password.get_secret_value() if options.password else ""
    return replace(outcome, why=outcome.why.replace(secret, "…")) if secret else outcome


def probe(options: Options, client: Client | None = None) -> Probe:
    """Could it be reached? Nothing is sent."""
    where = replace(_where(options, _mail.address(options.sender), client), user=None, password=None)
    try:
        with _smtp.Conversation(where, min(options.deadline, 15.0)) as talk:
            talk.open()
    except _smtp.Failed as failed:
        return Probe("wrong", _failed(failed).why)
    login = "; the login is not tried" if options.password else ""
    return Probe("good", f"{where.host} port {where.port} greets us{login}")


def _attempt(talk: _smtp.Conversation, message: Message, options: Options, sender: Address, now: Sequence[Address]) -> Outcome:
    everyone = [_mail.address(one) for one in options.to]
    _built(message, options, sender, everyone)  # what cannot be made into a mail must not cost a connection
    talk.open()
    utf8 = _mail.needs_utf8(sender, *everyone)
    beyond: dict[str, str] = {}
    if utf8 and not talk.offers("smtputf8"):
        why = "the server cannot carry addresses beyond ASCII (no SMTPUTF8)"
        if _mail.needs_utf8(sender):
            return Outcome("refused", f"{why}; use another sender's address", destination=True)
        beyond = {one.addr_spec: why for one in now if _mail.needs_utf8(one)}
        everyone, now = ([one for one in some if not _mail.needs_utf8(one)] for some in (everyone, now))
        if not now:
            return Outcome("refused", why, dead=beyond)
        utf8 = False
    mail = _built(message, options, sender, everyone)
    if talk.size_limit is not None and len(mail) > talk.size_limit:
        return Outcome("refused", f"the mail has {len(mail):,} bytes, the server takes {talk.size_limit:,}")
    return _settled(talk.hand_over(sender.addr_spec, [one.addr_spec for one in now], mail, utf8=utf8), beyond)


def _built(message: Message, options: Options, sender: Address, to: Sequence[Address]) -> bytes:
    reply = _mail.address(options.reply_to) if options.reply_to else None
    return _mail.as_bytes(_mail.build(message, sender=sender, to=to, reply_to=reply, unsubscribe=options.unsubscribe))


def _settled(taken: _smtp.Taken, beyond: Mapping[str, str]) -> Outcome:
    """Per recipient by the first digit; those whose mail was taken are done."""
    ruled = {who: (_answers.smtp("rcpt", code), f"{code} {words}") for who, (code, words) in taken.refused.items()}
    if any(ruling == "destination" for ruling, _ in ruled.values()) and not taken.accepted:
        return _answers.outcome("destination", next(words for ruling, words in ruled.values() if ruling == "destination"))
    dead = {**beyond, **{who: _answers.said_line(words) for who, (ruling, words) in ruled.items() if ruling == "message"}}
    retry = [who for who, (ruling, _) in ruled.items() if ruling != "message"]
    why = "; ".join(f"{who}: {words}" for who, (_, words) in ruled.items())
    sent = False
    if taken.final is not None:
        code, words = taken.final
        ruling = _answers.smtp("data", code)
        sent = ruling == "sent"
        why = "; ".join(part for part in (f"{code} {words}", why) if part)
        if ruling == "later":
            retry = [*taken.accepted, *retry]
        elif not sent:
            dead |= {who: _answers.said_line(f"{code} {words}") for who in taken.accepted}
    state: Literal["sent", "later", "refused"] = "later" if retry else "sent" if sent else "refused"
    return Outcome(state, _answers.said_line(why), retry=tuple(retry), dead=dead)


def _failed(failed: _smtp.Failed) -> Outcome:
    why = f"{_STAGES[failed.stage]}: {f'{failed.code} ' if failed.code and failed.code > 0 else ''}{failed}"
    if failed.permanent:
        return _answers.outcome("destination", why)
    if failed.code is None or failed.code < 0:
        return Outcome("later", _answers.said_line(why), ambiguous=failed.ambiguous)
    return _answers.outcome(_answers.smtp(failed.stage, failed.code), why)


_STAGES = {
    "connect": "connecting to the mail server",
    "hello": "greeting the mail server",
    "starttls": "securing the line to the mail server",
    "auth": "logging in to the mail server",
    "mail": "the sender's address",
    "rcpt": "the recipients' addresses",
    "data": "handing over the mail",
}


def _where(options: Options, sender: Address, client: Client | None) -> _smtp.Server:
    parts = urlsplit(options.server)
    password = options.password.get_secret_value() if options.password else None
    return _smtp.Server(
        parts.hostname or "",
        parts.port or _PORTS[parts.scheme],
        implicit=parts.scheme == "smtps",
        tls=options.tls or ("required" if password else "offered"),
        user=unquote(parts.username) if parts.username else None,
        password=password,
        trust=certificates.trust(options.ca_file) if options.ca_file or client is None else client.trust(),
        name=_own_name(sender),
    )


def _own_name(sender: Address) -> str:
    """A greeting that a server can check; a bare host name is refused by many."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else sender.domain
